/** Documents and values that expire, and what happens to them then. */
@NullMarked
package org.storedb.internal.expiry;

import org.jspecify.annotations.NullMarked;
