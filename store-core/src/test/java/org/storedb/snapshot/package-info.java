/** Snapshot files: written, damaged, loaded, and cut short. */
@NullMarked
package org.storedb.snapshot;

import org.jspecify.annotations.NullMarked;
