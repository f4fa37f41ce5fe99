/** The repositories of Spring Data KeyValue in memory, as a bound without files. */
@NullMarked
package org.storedb.benchmark.repository.keyvalue;

import org.jspecify.annotations.NullMarked;
