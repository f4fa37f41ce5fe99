/** Verifying that a store is sound: checksums of everything, and that the indexes match the log. */
@NullMarked
package org.storedb.internal.integrity;

import org.jspecify.annotations.NullMarked;
