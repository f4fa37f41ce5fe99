package org.storedb.internal.recovery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentFigures;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/**
 * Builds the trees of records from the frames of the log, or from a checkpoint and the frames after it. Segments may
 * come in any order: for each key the operation with the highest sequence wins. Compaction copies records to segments
 * elsewhere in the order, so deletes are remembered until the end, so that an older record that comes later does not
 * restore the key.
 *
 * <p>What a checkpoint contains is settled. An operation in a later frame that is not newer is a copy that compaction
 * made: it gives the new location of a record if the checkpoint has that very record, and is ignored otherwise.
 */
final class LogReplay implements OperationFormat.OperationConsumer {

    /** Bounds the bytes of the keys that are collected. */
    private static final int KEY_BYTES_MAX = 32 << 20;

    private final SpaceAccounting accounting = new SpaceAccounting();
    private final SegmentFigures.Counter figures = new SegmentFigures.Counter();
    private final Map<Integer, TreeReplay> trees = new HashMap<>();
    private final Set<Integer> expiringTrees = new HashSet<>();
    private final @Nullable Checkpoint start;
    private final long startSequence;
    private long sequence;
    private @Nullable Segment segment;
    private int segmentId;
    private @Nullable TreeReplay lastTree;
    private int collected;
    private int collectedKeyBytes;
    private int runTreeId;
    private int runSegmentId;
    private int runRecords;
    private long runBytes;

    private LogReplay(@Nullable Checkpoint start) {
        this.start = start;
        this.startSequence = start == null ? 0 : start.mark().sequence();
        this.sequence = startSequence;
        if (start != null) {
            for (Map.Entry<Integer, CountedTree<RecordPointer>> tree :
                    start.records().entrySet()) {
                trees.put(tree.getKey(), replayOf(tree.getKey(), tree.getValue()));
            }
            for (SpaceAccounting.Space space : start.spaces()) {
                accounting.add(space);
            }
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
        noteWritten(treeId, key.length, recordLength);
        tree(treeId).addPut(operationSequence, key, segmentId, recordOffset, recordLength);
        noteCollected(key);
    }

    @Override
    public void putExpiring(int treeId, long operationSequence, byte[] key, int recordOffset, int recordLength) {
        expiringTrees.add(treeId);
        put(treeId, operationSequence, key, recordOffset, recordLength);
    }

    @Override
    public void delete(int treeId, long operationSequence, byte[] key) {
        figures.delete(operationSequence, key.length);
        if (operationSequence > startSequence) {
            tree(treeId).addDelete(operationSequence, key);
            noteCollected(key);
        }
    }

    /**
     * Returns whether all records are in these segments. One that is not was deleted after the checkpoint, and
     * compaction has removed the delete together with it; or the checkpoint is not of this log.
     */
    boolean isWithin(Set<Integer> segmentIds) {
        flush();
        accounting.retain(segmentIds);
        return noneIsGone(segmentIds) || trees.values().stream().allMatch(tree -> tree.isWithin(segmentIds));
    }

    /**
     * Removes all records that are not in these segments. Compaction copies a record as long as it is current, so one
     * that is gone with its segment and has no copy was deleted after the checkpoint. Only for a log that has been read
     * in order and without gaps.
     */
    void removeGone(Set<Integer> segmentIds) {
        flush();
        if (!noneIsGone(segmentIds)) {
            trees.values().forEach(tree -> tree.removeGone(segmentIds));
        }
    }

    /** Returns whether all segments that the checkpoint knows still exist. */
    private boolean noneIsGone(Set<Integer> segmentIds) {
        if (start != null) {
            for (LogMark.SegmentMark segment : start.mark().segments()) {
                if (!segmentIds.contains(segment.id())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the state after the last frame; its indexes are those of the checkpoint. */
    StoreState state(SegmentTable segments) {
        flush();
        Map<Integer, CountedTree<RecordPointer>> records = new HashMap<>();
        for (TreeReplay tree : trees.values()) {
            records.put(tree.treeId(), tree.build());
        }
        return StoreState.empty(segments).with(sequence, records, start == null ? Map.of() : start.indexes(), segments);
    }

    /** Returns the state with all expiries: like {@link StoreState#withExpired}, with nothing set aside. */
    StoreState stateWithExpiries(SegmentTable segments) {
        StoreState state = state(segments);
        Map<Integer, CountedTree<Presence>> upcoming = new HashMap<>();
        for (int treeId : expiringTrees) {
            ExpiryReplay expiries = new ExpiryReplay(state, treeId);
            upcoming.put(
                    treeId,
                    start == null
                            ? expiries.ofAll()
                            : expiries.updated(
                                    start.expiries().get(treeId), tree(treeId).changed()));
        }
        return state.withUpcoming(upcoming, start == null ? 0 : start.expiredMillis());
    }

    /**
     * Returns what has changed since the checkpoint, or {@code null} if there is none.
     *
     * @param segments the segments with the records of the checkpoint
     */
    @Nullable
    ChangedRecords changes(SegmentTable segments) {
        if (start == null) {
            return null;
        }
        flush();
        Map<Integer, ChangedRecords.KeySet> changed = new HashMap<>();
        for (TreeReplay tree : trees.values()) {
            changed.put(tree.treeId(), new ChangedRecords.KeySet(tree.changed()));
        }
        StoreState before = StoreState.empty(segments)
                .with(startSequence, start.records(), Map.of(), segments)
                .withUpcoming(Map.of(), start.expiredMillis());
        return new ChangedRecords(before, changed);
    }

    SpaceAccounting accounting() {
        flush();
        return accounting;
    }

    private TreeReplay tree(int treeId) {
        TreeReplay tree = lastTree;
        if (tree == null || tree.treeId() != treeId) {
            tree = trees.computeIfAbsent(treeId, id -> replayOf(id, CountedTree.empty(RecordPointer.LAYOUT)));
            lastTree = tree;
        }
        return tree;
    }

    private void noteCollected(byte[] key) {
        collected++;
        collectedKeyBytes += key.length;
        if (collected == OperationBatch.OPERATIONS_MAX || collectedKeyBytes >= KEY_BYTES_MAX) {
            flush();
        }
    }

    private TreeReplay replayOf(int treeId, CountedTree<RecordPointer> before) {
        return new TreeReplay(treeId, before, startSequence, start != null, accounting);
    }

    /** Counts records in runs: most follow one of the same tree in the same segment. */
    private void noteWritten(int treeId, int keyBytes, int recordLength) {
        if (treeId != runTreeId || segmentId != runSegmentId) {
            endRun();
            runTreeId = treeId;
            runSegmentId = segmentId;
        }
        runRecords++;
        runBytes += keyBytes + recordLength;
    }

    private void endRun() {
        accounting.recordsWritten(runSegmentId, runTreeId, runRecords, runBytes);
        runRecords = 0;
        runBytes = 0;
    }

    private void flush() {
        for (TreeReplay tree : trees.values()) {
            tree.flush();
        }
        endRun();
        collected = 0;
        collectedKeyBytes = 0;
    }
}
