/** Documents as JSON text, exactly: reading and writing of streams, without a tree of the whole. */
@NullMarked
package org.storedb.internal.json;

import org.jspecify.annotations.NullMarked;
