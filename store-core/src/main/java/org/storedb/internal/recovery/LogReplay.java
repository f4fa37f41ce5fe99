package org.storedb.internal.recovery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentFigures;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/**
 * Builds the trees of records from the frames of the log, or from a checkpoint and the frames behind it. Frames may come in
 * any order of segments: for each key the operation with the highest sequence wins. Compaction copies records to segments
 * that stand elsewhere in the order, so deletes are remembered until the end, lest an older record that comes later brings
 * the key back.
 *
 * <p>What a checkpoint contains is settled. An operation that is not newer than it and comes nevertheless is a copy that
 * compaction made: it says where a record is now if the checkpoint has that very record, and nothing otherwise.
 */
final class LogReplay implements OperationFormat.OperationConsumer, OperationBatch.Target {

    private final SpaceAccounting accounting = new SpaceAccounting();
    private final SegmentFigures.Counter figures = new SegmentFigures.Counter();
    private final OperationBatch batch = new OperationBatch(this);
    private final Map<Integer, TreeReplay> trees = new HashMap<>();
    private final Set<Integer> expiringTrees = new HashSet<>();
    private final @Nullable Checkpoint start;
    private final long startSequence;
    private long sequence;
    private @Nullable Segment segment;
    private int segmentId;

    private LogReplay(@Nullable Checkpoint start) {
        this.start = start;
        this.startSequence = start == null ? 0 : start.mark().sequence();
        this.sequence = startSequence;
        if (start != null) {
            start.records().forEach((treeId, tree) -> trees.put(treeId, new TreeReplay(tree)));
            start.spaces().forEach(accounting::add);
            expiringTrees.addAll(start.expiries().keySet());
        }
    }

    static LogReplay ofAll() {
        return new LogReplay(null);
    }

    static LogReplay behind(Checkpoint start) {
        return new LogReplay(start);
    }

    void sequenceAtLeast(long leastSequence) {
        sequence = Math.max(sequence, leastSequence);
    }

    void beginSegment(Segment nextSegment) {
        segment = nextSegment;
        segmentId = nextSegment.id();
    }

    void frame(Frame frame) {
        sequence = Math.max(sequence, frame.sequence());
        OperationFormat.forEach(frame, this);
        Objects.requireNonNull(segment).note(figures.frame());
    }

    @Override
    public void put(int treeId, long operationSequence, byte[] key, int recordOffset, int recordLength) {
        figures.put(operationSequence, recordLength);
        batch.addPut(treeId, operationSequence, key, segmentId, recordOffset, recordLength);
    }

    @Override
    public void putExpiring(int treeId, long operationSequence, byte[] key, int recordOffset, int recordLength) {
        expiringTrees.add(treeId);
        put(treeId, operationSequence, key, recordOffset, recordLength);
    }

    @Override
    public void put(int treeId, long operationSequence, byte[] key, int inSegment, int recordOffset, int recordLength) {
        TreeReplay tree = tree(treeId);
        accounting.written(inSegment, treeId, key.length, recordLength);
        RecordPointer current = tree.records.get(key);
        if (isOutdated(tree, operationSequence, key, current)) {
            accounting.died(inSegment, treeId, key.length, recordLength, operationSequence);
            return;
        }
        RecordPointer pointer = new RecordPointer(inSegment, recordOffset, recordLength, operationSequence);
        if (!pointer.equals(current)) { // It is when a checkpoint has pointed there already.
            replace(treeId, key, current);
            tree.put(key, pointer);
        }
        if (operationSequence > startSequence) {
            tree.noteChanged(key);
        }
    }

    @Override
    public void delete(int treeId, long operationSequence, byte[] key) {
        figures.delete(operationSequence, key.length);
        if (operationSequence > startSequence) {
            batch.addDelete(treeId, operationSequence, key);
        }
    }

    @Override
    public void remove(int treeId, long operationSequence, byte[] key) {
        TreeReplay tree = tree(treeId);
        tree.deletes.merge(new ByteKey(key), operationSequence, Math::max);
        RecordPointer current = tree.records.get(key);
        if (current != null && current.sequence() < operationSequence) {
            replace(treeId, key, current);
            tree.remove(key);
            tree.noteChanged(key);
        }
    }

    private boolean isOutdated(TreeReplay tree, long operationSequence, byte[] key, @Nullable RecordPointer current) {
        if (operationSequence <= startSequence) {
            return current == null || current.sequence() != operationSequence;
        }
        return (current != null && current.sequence() > operationSequence)
                || tree.deletedSince(key) > operationSequence;
    }

    /**
     * Whether all records are in these segments. A record that is not was deleted after the checkpoint, and compaction has
     * removed the delete together with it; or the log is not the one that the checkpoint is of.
     */
    boolean isWithin(Set<Integer> segmentIds) {
        batch.flush();
        accounting.retain(segmentIds);
        return noneIsGone(segmentIds) || trees.values().stream().allMatch(tree -> tree.isWithin(segmentIds));
    }

    /**
     * Removes all records that are not in these segments. Compaction copies a record as long as it is current; so what is
     * gone with its segment, and has no copy, was deleted after the checkpoint. Only for a log that has been read without a
     * gap, and in its order.
     */
    void removeGone(Set<Integer> segmentIds) {
        batch.flush();
        if (!noneIsGone(segmentIds)) {
            trees.values().forEach(tree -> tree.removeGone(segmentIds));
        }
    }

    /** Whether all segments are there that the checkpoint knows. */
    private boolean noneIsGone(Set<Integer> segmentIds) {
        return start == null || start.mark().segments().stream().allMatch(segment -> segmentIds.contains(segment.id()));
    }

    /** The state that the last frame led to; its indexes are those of the checkpoint. */
    StoreState state(SegmentTable segments) {
        batch.flush();
        Map<Integer, CountedTree<RecordPointer>> records = new HashMap<>();
        trees.forEach((treeId, tree) -> records.put(treeId, tree.build()));
        return StoreState.empty(segments).with(sequence, records, start == null ? Map.of() : start.indexes(), segments);
    }

    /** The same with all expiries: as {@link StoreState#withExpired} gives it, and nothing is put aside. */
    StoreState stateWithExpiries(SegmentTable segments) {
        StoreState state = state(segments);
        Map<Integer, CountedTree<Presence>> upcoming = new HashMap<>();
        for (int treeId : expiringTrees) {
            ExpiryReplay expiries = new ExpiryReplay(state, treeId);
            upcoming.put(
                    treeId,
                    start == null
                            ? expiries.ofAll()
                            : expiries.updated(start.expiries().get(treeId), tree(treeId).changed));
        }
        return state.withUpcoming(upcoming, start == null ? 0 : start.expiredMillis());
    }

    /**
     * What has changed since the checkpoint, or {@code null} if there is none.
     *
     * @param segments where the records of the checkpoint are
     */
    @Nullable
    ChangedRecords changes(SegmentTable segments) {
        if (start == null) {
            return null;
        }
        batch.flush();
        Map<Integer, ChangedRecords.KeySet> changed = new HashMap<>();
        trees.forEach((treeId, tree) -> changed.put(treeId, new ChangedRecords.KeySet(tree.changed)));
        StoreState before = StoreState.empty(segments).with(startSequence, start.records(), Map.of(), segments);
        return new ChangedRecords(before, changed);
    }

    SpaceAccounting accounting() {
        batch.flush();
        return accounting;
    }

    private void replace(int treeId, byte[] key, @Nullable RecordPointer old) {
        if (old != null) {
            accounting.died(old.segment(), treeId, key.length, old.length(), old.sequence());
        }
    }

    private TreeReplay tree(int treeId) {
        return trees.computeIfAbsent(treeId, id -> new TreeReplay(CountedTree.empty(RecordPointer.LAYOUT)));
    }

    /** The records of one tree, its deletes, and what became of it since the checkpoint. */
    private final class TreeReplay {

        private static final int CHANGED_LEAST = 1000;

        private final CountedTree<RecordPointer> before;
        private final TreeEditor<RecordPointer> records;
        private final Map<ByteKey, Long> deletes = new HashMap<>();
        private @Nullable Set<ByteKey> changed = new HashSet<>();
        private boolean edited;

        TreeReplay(CountedTree<RecordPointer> before) {
            this.before = before;
            this.records = before.edit();
        }

        void put(byte[] key, RecordPointer pointer) {
            records.put(key, pointer);
            edited = true;
        }

        void remove(byte[] key) {
            records.remove(key);
            edited = true;
        }

        /** The tree itself if it is as it was: whatever was derived from it is still right. */
        CountedTree<RecordPointer> build() {
            return edited ? records.build() : before;
        }

        long deletedSince(byte[] key) {
            return deletes.isEmpty() ? 0 : deletes.getOrDefault(new ByteKey(key), 0L);
        }

        /** When much has changed, whatever depends on it is built anew sooner than brought up to date. */
        void noteChanged(byte[] key) {
            if (start != null && changed != null) {
                changed.add(new ByteKey(key));
                if (changed.size() > Math.max(CHANGED_LEAST, before.size() / 8)) {
                    changed = null;
                }
            }
        }

        void removeGone(Set<Integer> segmentIds) {
            TreeCursor<RecordPointer> cursor = build().cursor(TreeRange.all());
            while (cursor.next()) {
                if (!segmentIds.contains(cursor.value().segment())) {
                    byte[] key = cursor.key();
                    remove(key);
                    noteChanged(key);
                }
            }
        }

        boolean isWithin(Set<Integer> segmentIds) {
            TreeCursor<RecordPointer> cursor = records.build().cursor(TreeRange.all());
            int last = RecordPointer.BUFFERED;
            while (cursor.next()) {
                int id = cursor.value().segment();
                if (id != last && !segmentIds.contains(id)) {
                    return false;
                }
                last = id;
            }
            return true;
        }
    }
}
