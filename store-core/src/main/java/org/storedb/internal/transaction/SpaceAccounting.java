package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the log that are records, and those of live ones, for each segment and each tree. For figures and for
 * choosing what to compact: exact when nothing is being committed. Safe for use by many threads; a single lock costs a
 * commit less than counters that many threads can add to.
 */
public final class SpaceAccounting {

    /** Approximate bytes around a key and a record in a compacted segment. */
    private static final int OVERHEAD_BYTES = 8;

    private static final int LAST_SPACES = 64; // A power of two.

    private final Map<Integer, SegmentSpace> bySegment = new HashMap<>();
    private final @Nullable SegmentSpace[] lastSpaces =
            new SegmentSpace[LAST_SPACES]; // By the lowest bits of the segment.

    /** Notes that records were replaced by others. */
    synchronized void replaced(List<Replacement> replacements) {
        for (int i = 0; i < replacements.size(); i++) {
            Replacement replacement = replacements.get(i);
            int treeId = replacement.treeId();
            int keyBytes = replacement.key().length;
            RecordPointer previous = replacement.previous();
            if (previous != null) {
                died(previous.segment(), treeId, keyBytes, previous.length(), previous.sequence());
            }
            RecordPointer current = replacement.current();
            if (current != null) {
                recordsWritten(current.segment(), treeId, 1, (long) keyBytes + current.length());
            }
        }
    }

    /** Notes that a record was written. */
    public synchronized void written(int segment, int treeId, int keyBytes, int recordBytes) {
        recordsWritten(segment, treeId, 1, (long) keyBytes + recordBytes);
    }

    /**
     * Notes that records of one tree were written.
     *
     * @param keyAndRecordBytes bytes of the records and their keys
     */
    public synchronized void recordsWritten(int segment, int treeId, int records, long keyAndRecordBytes) {
        if (records > 0) {
            Counters counters = space(segment).counters(treeId);
            counters.total += (long) records * OVERHEAD_BYTES + keyAndRecordBytes;
            counters.live += (long) records * OVERHEAD_BYTES + keyAndRecordBytes;
        }
    }

    /**
     * Notes that a record was replaced or deleted.
     *
     * @param sequence the commit that wrote it
     */
    public synchronized void died(int segment, int treeId, int keyBytes, int recordBytes, long sequence) {
        int bytes = OVERHEAD_BYTES + keyBytes + recordBytes;
        SegmentSpace space = space(segment);
        space.oldestDead = Math.min(space.oldestDead, sequence);
        space.dated += bytes;
        space.counters(treeId).live -= bytes;
    }

    /** Returns all figures; consistent when nothing is being committed. */
    public synchronized List<Space> spaces() {
        List<Space> all = new ArrayList<>();
        bySegment.forEach((segment, space) -> space.byTree.forEach(
                (treeId, counters) -> all.add(new Space(segment, treeId, counters.live, counters.total))));
        return all;
    }

    /** Adds figures of a segment that were kept elsewhere. */
    public synchronized void add(Space space) {
        Counters counters = space(space.segment()).counters(space.treeId());
        counters.live += space.liveBytes();
        counters.total += space.totalBytes();
    }

    /** Forgets all segments but these. */
    public synchronized void retain(Set<Integer> segments) {
        Arrays.fill(lastSpaces, null);
        bySegment.keySet().retainAll(segments);
    }

    /** Forgets a segment that no longer exists. */
    public synchronized void forget(int segment) {
        Arrays.fill(lastSpaces, null);
        bySegment.remove(segment);
    }

    /** Returns the bytes of live records, including their keys. */
    public synchronized long liveBytesOfSegment(int segment) {
        SegmentSpace space = bySegment.get(segment);
        return space == null ? 0 : space.liveBytes();
    }

    /**
     * Returns the commit that wrote the oldest record of a segment that was replaced or deleted; {@link Long#MAX_VALUE}
     * if there is none.
     *
     * @param oldest what to return if some of them are only known by their bytes
     */
    public synchronized long oldestDead(int segment, long oldest) {
        SegmentSpace space = bySegment.get(segment);
        if (space == null) {
            return Long.MAX_VALUE;
        }
        return space.totalBytes() - space.liveBytes() > space.dated ? oldest : space.oldestDead;
    }

    /** Returns the bytes of live records in all segments. */
    public synchronized long liveBytes() {
        return bySegment.values().stream().mapToLong(SegmentSpace::liveBytes).sum();
    }

    /** Returns the bytes of live records of a tree in all segments. */
    public synchronized long liveBytesOfTree(int treeId) {
        return bySegment.values().stream()
                .map(space -> space.byTree.get(treeId))
                .mapToLong(counters -> counters == null ? 0 : counters.live)
                .sum();
    }

    /** Returns the bytes of all records of a tree in all segments. */
    public synchronized long totalBytesOfTree(int treeId) {
        return bySegment.values().stream()
                .map(space -> space.byTree.get(treeId))
                .mapToLong(counters -> counters == null ? 0 : counters.total)
                .sum();
    }

    private SegmentSpace space(int segment) {
        int index = segment & (LAST_SPACES - 1);
        SegmentSpace last = lastSpaces[index];
        if (last == null || last.segment != segment) {
            last = bySegment.computeIfAbsent(segment, SegmentSpace::new);
            lastSpaces[index] = last;
        }
        return last;
    }

    /**
     * A change of the record of one key.
     *
     * @param previous the record that it lost, if it had one
     * @param current the record that it received, if any
     * @param inTree whether this changed the tree of records; not if that has another record of the key, or none
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Replacement(
            int treeId,
            byte[] key,
            @Nullable RecordPointer previous,
            @Nullable RecordPointer current,
            boolean inTree) {}

    /** The figures of one tree in one segment. */
    public record Space(int segment, int treeId, long liveBytes, long totalBytes) {}

    private static final class SegmentSpace {

        private final int segment;
        private final Map<Integer, Counters> byTree = new HashMap<>();
        private @Nullable Counters last;
        private int lastTree;
        private long oldestDead = Long.MAX_VALUE;
        private long dated; // Bytes of dead records whose commit is known.

        SegmentSpace(int segment) {
            this.segment = segment;
        }

        Counters counters(int treeId) {
            Counters found = last;
            if (found == null || lastTree != treeId) {
                found = byTree.computeIfAbsent(treeId, id -> new Counters());
                last = found;
                lastTree = treeId;
            }
            return found;
        }

        long liveBytes() {
            return byTree.values().stream().mapToLong(counters -> counters.live).sum();
        }

        long totalBytes() {
            return byTree.values().stream()
                    .mapToLong(counters -> counters.total)
                    .sum();
        }
    }

    private static final class Counters {
        private long live;
        private long total;
    }
}
