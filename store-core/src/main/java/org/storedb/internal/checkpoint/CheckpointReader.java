package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.LeafReader;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.ValueFields;
import org.storedb.internal.index.ValueLayout;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SegmentFigures;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * Reads a checkpoint. Whatever the bytes are, the result is well formed: trees in order, with pointers to positions
 * inside segments; and no more memory is allocated than the size of the file justifies. Checksums, the order of leaves
 * and their numbers of entries are verified now; the contents of a leaf usually when they are needed, see
 * {@link LeafReader}.
 */
final class CheckpointReader {

    private static final ValueFields NO_FIELDS = ValueFields.ofWords(0);

    private final ChunkInput input;
    private final List<LogMark.SegmentMark> segments = new ArrayList<>();
    private final List<SpaceAccounting.Space> spaces = new ArrayList<>();
    private final Map<Integer, CountedTree<RecordPointer>> records = new HashMap<>();
    private final Map<Integer, CountedTree<Presence>> indexes = new HashMap<>();
    private final Map<Integer, CountedTree<Presence>> expiries = new HashMap<>();
    private long expiredMillis;
    private int version;
    private long sequence;
    private @Nullable TreeInput<?> tree;

    private CheckpointReader(ChunkInput input) {
        this.input = input;
    }

    /**
     * Reads a checkpoint of a store.
     *
     * @param progress receives how many bytes have been read
     * @throws MalformedBytesException if it is damaged, belongs to another store, or is not for this machine
     */
    static Checkpoint read(ChunkInput.Source source, UUID storeId, LongConsumer progress) throws IOException {
        return new CheckpointReader(new ChunkInput(source, progress)).read(storeId);
    }

    private Checkpoint read(UUID storeId) throws IOException {
        ByteReader header = input.item();
        require(header.readLong() == CheckpointFormat.MAGIC, "it is not a checkpoint");
        version = header.readInt();
        require(
                version == CheckpointFormat.VERSION || version == CheckpointFormat.VERSION_1,
                "it has format version " + version);
        UUID id = header.readUuid();
        require(id.equals(storeId), "it belongs to store " + id);
        sequence = header.readLong();
        int segmentId = header.readInt();
        int bytes = header.readInt();
        int checksum = header.readInt();
        long timeMillis = header.readLong();
        boolean more = true;
        while (more) {
            more = readItem(input.item());
        }
        LogMark mark = new LogMark(storeId, sequence, segmentId, bytes, checksum, timeMillis, segments);
        LogMark.SegmentMark end = mark.find(segmentId);
        require(end != null && end.bytes() == bytes && !end.complete(), "it does not have a valid position in the log");
        return new Checkpoint(mark, records, indexes, expiries, expiredMillis, spaces);
    }

    /** Reads one item; returns false if it is the end. */
    private boolean readItem(ByteReader item) {
        int kind = item.readByte();
        switch (kind) {
            case CheckpointFormat.SEGMENT -> readSegment(item);
            case CheckpointFormat.SPACE ->
                spaces.add(new SpaceAccounting.Space(item.readInt(), item.readInt(), item.readLong(), item.readLong()));
            case CheckpointFormat.RECORD_TREE ->
                beginTree(item, RecordPointer.LAYOUT, RecordFields.of(segments, sequence), records);
            case CheckpointFormat.INDEX_TREE -> beginTree(item, Presence.LAYOUT, NO_FIELDS, indexes);
            case CheckpointFormat.EXPIRY_TREE -> beginTree(item, Presence.LAYOUT, NO_FIELDS, expiries);
            case CheckpointFormat.EXPIRED -> expiredMillis = item.readLong();
            case CheckpointFormat.LEAF -> readLeaf(item);
            case CheckpointFormat.END -> {
                endTree();
                input.requireEnd();
            }
            default -> throw new MalformedBytesException("it has an item of unknown kind " + kind);
        }
        return kind != CheckpointFormat.END;
    }

    private void readSegment(ByteReader item) {
        LogMark.SegmentMark segment = new LogMark.SegmentMark(
                item.readInt(), item.readByte() == 1, item.readInt(), item.readInt(), SegmentFigures.read(item));
        for (LogMark.SegmentMark other : segments) {
            require(other.id() != segment.id(), "it has a segment twice");
        }
        segments.add(segment);
    }

    private <V> void beginTree(
            ByteReader item, ValueLayout<V> layout, ValueFields fields, Map<Integer, CountedTree<V>> target) {
        endTree();
        int treeId = item.readInt();
        long entries = item.readLong();
        require(treeId >= 0 && treeId <= OperationFormat.TREE_ID_MAX, "it has a tree with the invalid id " + treeId);
        require(!target.containsKey(treeId), "it has a tree twice");
        tree = new TreeInput<>(treeId, entries, new LeafReader<>(layout, fields, CheckpointFile.NAME), target);
    }

    private void readLeaf(ByteReader item) {
        if (version == CheckpointFormat.VERSION_1) {
            currentTree().leaves.readNextOfVersion1(item);
        } else {
            currentTree().leaves.readNext(item, input.itemPosition());
        }
    }

    private TreeInput<?> currentTree() {
        if (tree == null) {
            throw new MalformedBytesException("it has a leaf without a tree");
        }
        return tree;
    }

    private void endTree() {
        if (tree != null) {
            tree.end();
            tree = null;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new MalformedBytesException(otherwise);
        }
    }

    /** A tree whose leaves are being read. */
    private static final class TreeInput<V> {
        private final int treeId;
        private final long entries;
        private final LeafReader<V> leaves;
        private final Map<Integer, CountedTree<V>> target;

        TreeInput(int treeId, long entries, LeafReader<V> leaves, Map<Integer, CountedTree<V>> target) {
            this.treeId = treeId;
            this.entries = entries;
            this.leaves = leaves;
            this.target = target;
        }

        void end() {
            require(leaves.entries() == entries, "tree " + treeId + " lacks entries");
            target.put(treeId, leaves.build());
        }
    }
}
