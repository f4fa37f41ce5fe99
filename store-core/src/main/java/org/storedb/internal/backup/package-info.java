/** Copies of an open store: taking them, verifying them, and restoring stores from them. */
@NullMarked
package org.storedb.internal.backup;

import org.jspecify.annotations.NullMarked;
