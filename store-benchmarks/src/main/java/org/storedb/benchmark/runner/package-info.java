/** Runs each engine in processes of its own and puts the figures side by side. */
@NullMarked
package org.storedb.benchmark.runner;

import org.jspecify.annotations.NullMarked;
