/** The operations on an engine and their measurement, independent of any particular engine. */
@NullMarked
package org.storedb.benchmark.workload;

import org.jspecify.annotations.NullMarked;
