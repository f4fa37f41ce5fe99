/** Reading and writing of primitive values in byte arrays. Depends on nothing. */
@NullMarked
package org.storedb.internal.bytes;

import org.jspecify.annotations.NullMarked;
