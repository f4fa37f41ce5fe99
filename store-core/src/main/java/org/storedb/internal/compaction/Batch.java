package org.storedb.internal.compaction;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.storedb.internal.log.Segment;

/**
 * Segments that are compacted together.
 *
 * @param inOneOrder whether all their records are written in one order, that of trees and keys; otherwise in as many
 *     sorted runs as necessary
 */
record Batch(List<Segment> segments, boolean inOneOrder) {

    boolean isEmpty() {
        return segments.isEmpty();
    }

    Set<Integer> ids() {
        return segments.stream().map(Segment::id).collect(Collectors.toSet());
    }

    /** Returns the bytes of the segments. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }
}
