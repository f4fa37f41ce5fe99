/** Benchmarks on small data: whether they run, not what they measure. */
@NullMarked
package org.storedb.benchmark.runner;

import org.jspecify.annotations.NullMarked;
