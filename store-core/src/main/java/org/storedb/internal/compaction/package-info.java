/** Giving back the space of dead records: chooses segments, copies what is alive in them, and swaps. */
@NullMarked
package org.storedb.internal.compaction;

import org.jspecify.annotations.NullMarked;
