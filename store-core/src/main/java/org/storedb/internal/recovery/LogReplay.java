package org.storedb.internal.recovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.LogOpener;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/**
 * Builds the trees of records from the frames of the log. Frames may come in any order of segments: for each key the
 * operation with the highest sequence wins. Compaction copies records to segments that stand elsewhere in the order, so
 * deletes are remembered until the end, lest an older record that comes later brings the key back.
 */
final class LogReplay implements LogOpener.FrameConsumer, OperationFormat.OperationConsumer {

    private final SpaceAccounting accounting = new SpaceAccounting();
    private final Map<Integer, TreeReplay> trees = new HashMap<>();
    private long sequence;
    private @Nullable Segment segment;
    private int segmentId;

    @Override
    public void sequenceAtLeast(long leastSequence) {
        sequence = Math.max(sequence, leastSequence);
    }

    @Override
    public void beginSegment(Segment nextSegment) {
        segment = nextSegment;
        segmentId = nextSegment.id();
    }

    @Override
    public void frame(Frame frame) {
        sequence = Math.max(sequence, frame.sequence());
        OperationFormat.forEach(frame, this);
    }

    @Override
    public void put(int treeId, long operationSequence, byte[] key, int recordOffset, int recordLength) {
        TreeReplay tree = tree(treeId);
        Objects.requireNonNull(segment).notePut(operationSequence);
        accounting.written(segmentId, treeId, key.length, recordLength);
        RecordPointer current = tree.records.get(key);
        boolean outdated = (current != null && current.sequence() > operationSequence)
                || tree.deletedSince(key) > operationSequence;
        if (outdated) {
            accounting.died(segmentId, treeId, key.length, recordLength, operationSequence);
            return;
        }
        replace(treeId, key, current);
        tree.records.put(key, new RecordPointer(segmentId, recordOffset, recordLength, operationSequence));
    }

    @Override
    public void delete(int treeId, long operationSequence, byte[] key) {
        TreeReplay tree = tree(treeId);
        Objects.requireNonNull(segment).noteDelete(operationSequence, key.length);
        tree.deletes.merge(new ByteKey(key), operationSequence, Math::max);
        RecordPointer current = tree.records.get(key);
        if (current != null && current.sequence() < operationSequence) {
            replace(treeId, key, current);
            tree.records.remove(key);
        }
    }

    /** The state that the last frame led to. */
    StoreState state(SegmentTable segments) {
        Map<Integer, CountedTree<RecordPointer>> records = new HashMap<>();
        trees.forEach((treeId, tree) -> records.put(treeId, tree.records.build()));
        return StoreState.empty(segments).with(sequence, records, Map.of(), segments);
    }

    SpaceAccounting accounting() {
        return accounting;
    }

    private void replace(int treeId, byte[] key, @Nullable RecordPointer old) {
        if (old != null) {
            accounting.died(old.segment(), treeId, key.length, old.length(), old.sequence());
        }
    }

    private TreeReplay tree(int treeId) {
        return trees.computeIfAbsent(treeId, id -> new TreeReplay());
    }

    /** The records of one tree, and its deletes. */
    private static final class TreeReplay {

        private final TreeEditor<RecordPointer> records =
                CountedTree.empty(RecordPointer.LAYOUT).edit();
        private final Map<ByteKey, Long> deletes = new HashMap<>();

        long deletedSince(byte[] key) {
            return deletes.isEmpty() ? 0 : deletes.getOrDefault(new ByteKey(key), 0L);
        }
    }
}
