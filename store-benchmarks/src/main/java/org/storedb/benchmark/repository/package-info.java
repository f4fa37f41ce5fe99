/**
 * The same customers in Spring Boot applications with different repositories, and their measurements. Each application
 * has its own package.
 */
@NullMarked
package org.storedb.benchmark.repository;

import org.jspecify.annotations.NullMarked;
