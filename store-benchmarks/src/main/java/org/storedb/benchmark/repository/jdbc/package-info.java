/** The repositories of Spring Data JDBC, on H2 and on SQLite. */
@NullMarked
package org.storedb.benchmark.repository.jdbc;

import org.jspecify.annotations.NullMarked;
