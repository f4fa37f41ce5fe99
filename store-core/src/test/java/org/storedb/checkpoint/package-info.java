/** Tests of checkpoints: whatever they are, a store opens to the same state. */
@NullMarked
package org.storedb.checkpoint;

import org.jspecify.annotations.NullMarked;
