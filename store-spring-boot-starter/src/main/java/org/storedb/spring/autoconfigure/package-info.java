/** Auto-configuration of a store, its template, its transactions and its repositories in a Spring Boot application. */
@NullMarked
package org.storedb.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
