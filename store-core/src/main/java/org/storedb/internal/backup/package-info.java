/** Copies of a store that is open: taking them, checking them, and making a store of them again. */
@NullMarked
package org.storedb.internal.backup;

import org.jspecify.annotations.NullMarked;
