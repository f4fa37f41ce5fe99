/** Opening a store: reads the log and builds the state that its last commit led to. */
@NullMarked
package org.storedb.internal.recovery;

import org.jspecify.annotations.NullMarked;
