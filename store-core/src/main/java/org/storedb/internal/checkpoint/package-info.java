/**
 * Checkpoints: all trees of one state in a file, so that opening a store need not read its log from the start.
 * Advisory: whatever is wrong with a checkpoint, the log is complete.
 */
@NullMarked
package org.storedb.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
