/** The repositories of StoreDB. */
@NullMarked
package org.storedb.benchmark.repository.storedb;

import org.jspecify.annotations.NullMarked;
