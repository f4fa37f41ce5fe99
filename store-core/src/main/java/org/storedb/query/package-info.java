/** Descriptions of queries: what to find, in which order, and how many. Immutable values without execution. */
@NullMarked
package org.storedb.query;

import org.jspecify.annotations.NullMarked;
