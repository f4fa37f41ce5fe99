/** Snapshot files: everything that a state has in one file, as text or compactly, with checksums. */
@NullMarked
package org.storedb.internal.snapshot;

import org.jspecify.annotations.NullMarked;
