/** The command line of the benchmarks. */
@NullMarked
package org.storedb.benchmark;

import org.jspecify.annotations.NullMarked;
