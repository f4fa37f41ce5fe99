/** Descriptions of queries: what to find, in which order, how many. Immutable values without any execution. */
@NullMarked
package org.storedb.query;

import org.jspecify.annotations.NullMarked;
