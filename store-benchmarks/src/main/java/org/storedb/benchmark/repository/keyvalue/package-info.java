/** The repositories of Spring Data KeyValue in memory, as an upper bound without files. */
@NullMarked
package org.storedb.benchmark.repository.keyvalue;

import org.jspecify.annotations.NullMarked;
