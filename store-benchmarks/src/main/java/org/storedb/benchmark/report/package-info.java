/** Figures of the contenders, and their comparison side by side. */
@NullMarked
package org.storedb.benchmark.report;

import org.jspecify.annotations.NullMarked;
