/** Freeing the space of dead records: chooses segments, copies their live records, and swaps. */
@NullMarked
package org.storedb.internal.compaction;

import org.jspecify.annotations.NullMarked;
