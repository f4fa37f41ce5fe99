package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of the log are records, and how many of these are live, for each segment and each tree. For figures and
 * for the choice of what to compact: exact when nothing is being committed. Safe for use by many threads.
 */
public final class SpaceAccounting {

    /** About what stands around a key and a record in a segment that was compacted. */
    private static final int OVERHEAD_BYTES = 8;

    private final Map<Integer, SegmentSpace> bySegment = new ConcurrentHashMap<>();

    /** A record was written. */
    public void written(int segment, int treeId, int keyBytes, int recordBytes) {
        Counters counters = counters(segment, treeId);
        counters.total.add(OVERHEAD_BYTES + keyBytes + recordBytes);
        counters.live.add(OVERHEAD_BYTES + keyBytes + recordBytes);
    }

    /**
     * A record was replaced or deleted.
     *
     * @param sequence the commit that wrote it
     */
    public void died(int segment, int treeId, int keyBytes, int recordBytes, long sequence) {
        int bytes = OVERHEAD_BYTES + keyBytes + recordBytes;
        SegmentSpace space = space(segment);
        space.oldestDead.accumulate(sequence);
        space.dated.add(bytes);
        counters(segment, treeId).live.add(-bytes);
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

    /**
     * The commit that wrote the oldest record of a segment that was replaced or deleted; {@link Long#MAX_VALUE} if there is
     * none.
     *
     * @param oldest what to take if some of them are only known by their bytes
     */
    public long oldestDead(int segment, long oldest) {
        SegmentSpace space = bySegment.get(segment);
        if (space == null) {
            return Long.MAX_VALUE;
        }
        long dated = space.dated.sum(); // First: it only grows, and what is added has died before.
        long dead = space.byTree.values().stream()
                .mapToLong(counters -> counters.total.sum() - counters.live.sum())
                .sum();
        return dead > dated ? oldest : space.oldestDead.get();
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
        return space(segment).byTree.computeIfAbsent(treeId, id -> new Counters());
    }

    private SegmentSpace space(int segment) {
        return bySegment.computeIfAbsent(segment, id -> new SegmentSpace());
    }

    /** What one tree has in one segment. */
    public record Space(int segment, int treeId, long liveBytes, long totalBytes) {}

    private static final class SegmentSpace {
        private final LongAccumulator oldestDead = new LongAccumulator(Math::min, Long.MAX_VALUE);
        private final LongAdder dated = new LongAdder(); // Bytes of dead records whose commit is known.
        private final Map<Integer, Counters> byTree = new ConcurrentHashMap<>();
    }

    private static final class Counters {
        private final LongAdder live = new LongAdder();
        private final LongAdder total = new LongAdder();
    }
}
