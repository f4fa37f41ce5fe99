/** The persistent counted B+tree: ordered, versioned sets and maps of byte strings. Knows bytes, not documents. */
@NullMarked
package org.storedb.internal.index;

import org.jspecify.annotations.NullMarked;
