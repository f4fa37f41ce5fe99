/** Runs of each engine in separate processes, and comparison of the figures side by side. */
@NullMarked
package org.storedb.benchmark.runner;

import org.jspecify.annotations.NullMarked;
