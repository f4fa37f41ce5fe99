/** Definitions of indexes: on which fields, in which order, and for which documents. Immutable values. */
@NullMarked
package org.storedb.index;

import org.jspecify.annotations.NullMarked;
