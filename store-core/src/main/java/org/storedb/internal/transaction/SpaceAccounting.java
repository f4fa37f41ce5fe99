package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of the log are records, and how many of these are live, for each segment and each tree. For figures and
 * for the choice of what to compact: exact when nothing is being committed. Safe for use by many threads.
 */
public final class SpaceAccounting {

    /** About what stands around a key and a record in the log. */
    private static final int OVERHEAD_BYTES = 4;

    private final Map<Integer, SegmentSpace> bySegment = new ConcurrentHashMap<>();

    /** A record was written. */
    public void written(int segment, int treeId, int keyBytes, int recordBytes) {
        Counters counters = counters(segment, treeId);
        counters.total.add(OVERHEAD_BYTES + keyBytes + recordBytes);
        counters.live.add(OVERHEAD_BYTES + keyBytes + recordBytes);
    }

    /** A record was replaced or deleted. */
    public void died(int segment, int treeId, int keyBytes, int recordBytes) {
        counters(segment, treeId).live.add(-(OVERHEAD_BYTES + keyBytes + recordBytes));
    }

    /** All figures; a whole picture when nothing is being committed. */
    public List<Space> spaces() {
        List<Space> all = new ArrayList<>();
        bySegment.forEach((segment, space) -> space.byTree.forEach(
                (treeId, counters) -> all.add(new Space(segment, treeId, counters.live.sum(), counters.total.sum()))));
        return all;
    }

    /** Adds figures of a segment that were kept elsewhere. */
    public void add(Space space) {
        Counters counters = counters(space.segment(), space.treeId());
        counters.live.add(space.liveBytes());
        counters.total.add(space.totalBytes());
    }

    /** Forgets all segments but these. */
    public void retain(Set<Integer> segments) {
        bySegment.keySet().retainAll(segments);
    }

    /** A segment is gone. */
    public void forget(int segment) {
        bySegment.remove(segment);
    }

    /** Bytes of live records, their keys included. */
    public long liveBytesOfSegment(int segment) {
        SegmentSpace space = bySegment.get(segment);
        return space == null
                ? 0
                : space.byTree.values().stream()
                        .mapToLong(counters -> counters.live.sum())
                        .sum();
    }

    /** Whether there is a record in a segment that was replaced or deleted. */
    public boolean hasDeadRecords(int segment) {
        SegmentSpace space = bySegment.get(segment);
        return space != null
                && space.byTree.values().stream().anyMatch(counters -> counters.total.sum() > counters.live.sum());
    }

    /** Bytes of live records in all segments. */
    public long liveBytes() {
        return bySegment.keySet().stream().mapToLong(this::liveBytesOfSegment).sum();
    }

    /** Bytes of live records of a tree in all segments. */
    public long liveBytesOfTree(int treeId) {
        return bySegment.values().stream()
                .map(space -> space.byTree.get(treeId))
                .mapToLong(counters -> counters == null ? 0 : counters.live.sum())
                .sum();
    }

    /** Bytes of all records of a tree in all segments. */
    public long totalBytesOfTree(int treeId) {
        return bySegment.values().stream()
                .map(space -> space.byTree.get(treeId))
                .mapToLong(counters -> counters == null ? 0 : counters.total.sum())
                .sum();
    }

    private Counters counters(int segment, int treeId) {
        return bySegment
                .computeIfAbsent(segment, id -> new SegmentSpace())
                .byTree
                .computeIfAbsent(treeId, id -> new Counters());
    }

    /** What one tree has in one segment. */
    public record Space(int segment, int treeId, long liveBytes, long totalBytes) {}

    private static final class SegmentSpace {
        private final Map<Integer, Counters> byTree = new ConcurrentHashMap<>();
    }

    private static final class Counters {
        private final LongAdder live = new LongAdder();
        private final LongAdder total = new LongAdder();
    }
}
