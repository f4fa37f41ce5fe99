/** Runs each engine in separate processes and compares the figures side by side. */
@NullMarked
package org.storedb.benchmark.runner;

import org.jspecify.annotations.NullMarked;
