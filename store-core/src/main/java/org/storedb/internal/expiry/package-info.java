/** Documents and values that expire: what becomes of them when their time is over. */
@NullMarked
package org.storedb.internal.expiry;

import org.jspecify.annotations.NullMarked;
