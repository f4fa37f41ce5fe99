/** Snapshot files: everything in a state as one file, as text or in compact form, with checksums. */
@NullMarked
package org.storedb.internal.snapshot;

import org.jspecify.annotations.NullMarked;
