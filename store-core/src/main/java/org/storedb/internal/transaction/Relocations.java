package org.storedb.internal.transaction;

import java.util.List;
import org.storedb.internal.log.SegmentTable;

/**
 * Keys that are to be pointed to copies of their records.
 *
 * @param segments those of the log, the ones with the copies among them
 */
record Relocations(List<Relocation> all, SegmentTable segments) {}
