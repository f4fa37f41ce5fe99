/** Making a sound store from what can still be read of a damaged one. */
@NullMarked
package org.storedb.internal.salvage;

import org.jspecify.annotations.NullMarked;
