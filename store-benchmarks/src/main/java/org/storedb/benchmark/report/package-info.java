/** Figures of those that take part, and how they are shown side by side. */
@NullMarked
package org.storedb.benchmark.report;

import org.jspecify.annotations.NullMarked;
