/**
 * The same customers in Spring Boot applications with different repositories, and what is measured of them. Each
 * application has a package of its own.
 */
@NullMarked
package org.storedb.benchmark.repository;

import org.jspecify.annotations.NullMarked;
