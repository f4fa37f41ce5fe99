/** Proving that a store is sound: checksums of everything, and that the indexes are what the log says. */
@NullMarked
package org.storedb.internal.integrity;

import org.jspecify.annotations.NullMarked;
