/** Opening a store: reads the log and builds the state after its last commit. */
@NullMarked
package org.storedb.internal.recovery;

import org.jspecify.annotations.NullMarked;
