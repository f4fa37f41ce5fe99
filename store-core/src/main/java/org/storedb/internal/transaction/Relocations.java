package org.storedb.internal.transaction;

import java.util.List;
import org.storedb.internal.log.SegmentTable;

/**
 * Keys that are to be pointed to copies of their records.
 *
 * @param segments the segments of the log, including those with the copies
 */
record Relocations(List<Relocation> all, SegmentTable segments) {}
