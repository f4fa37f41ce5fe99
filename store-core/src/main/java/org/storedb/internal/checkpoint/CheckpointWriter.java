package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.LeafWriter;
import org.storedb.internal.index.ValueFields;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.transaction.SpaceAccounting;

/** Writes a checkpoint, see {@link CheckpointFormat}. */
final class CheckpointWriter {

    private final ChunkOutput output;
    private final Pace pace;

    private CheckpointWriter(ChunkOutput.Target target, Pace pace) {
        this.output = new ChunkOutput(target);
        this.pace = pace;
    }

    /** Writes the checkpoint, which is not durable yet. */
    static void write(Checkpoint checkpoint, ChunkOutput.Target target, Pace pace) throws IOException {
        CheckpointWriter writer = new CheckpointWriter(target, pace);
        writer.writeHeader(checkpoint.mark());
        for (LogMark.SegmentMark segment : checkpoint.mark().segments()) {
            writer.writeSegment(segment);
        }
        for (SpaceAccounting.Space space : checkpoint.spaces()) {
            writer.writeSpace(space);
        }
        writer.writeExpired(checkpoint.expiredMillis());
        ValueFields recordFields =
                RecordFields.of(checkpoint.mark().segments(), checkpoint.mark().sequence());
        ValueFields noFields = ValueFields.ofWords(0);
        writer.writeTrees(CheckpointFormat.RECORD_TREE, checkpoint.records(), recordFields);
        writer.writeTrees(CheckpointFormat.INDEX_TREE, checkpoint.indexes(), noFields);
        writer.writeTrees(CheckpointFormat.EXPIRY_TREE, checkpoint.expiries(), noFields);
        writer.output.finish();
    }

    private void writeHeader(LogMark mark) {
        ByteWriter content = output.content();
        content.putLong(CheckpointFormat.MAGIC).putInt(CheckpointFormat.VERSION).putUuid(mark.storeId());
        content.putLong(mark.sequence()).putInt(mark.segmentId()).putInt(mark.bytes());
        content.putInt(mark.lastFrameChecksum()).putLong(mark.lastTimeMillis());
    }

    private void writeSegment(LogMark.SegmentMark segment) throws IOException {
        ByteWriter content = output.content();
        content.putByte(CheckpointFormat.SEGMENT).putInt(segment.id());
        content.putByte(segment.complete() ? 1 : 0).putInt(segment.bytes()).putInt(segment.lastFrameChecksum());
        segment.figures().write(content);
        itemDone();
    }

    private void writeSpace(SpaceAccounting.Space space) throws IOException {
        output.content()
                .putByte(CheckpointFormat.SPACE)
                .putInt(space.segment())
                .putInt(space.treeId())
                .putLong(space.liveBytes())
                .putLong(space.totalBytes());
        itemDone();
    }

    private void writeExpired(long expiredMillis) throws IOException {
        if (expiredMillis > 0) {
            output.content().putByte(CheckpointFormat.EXPIRED).putLong(expiredMillis);
            itemDone();
        }
    }

    private <V> void writeTrees(int kind, Map<Integer, CountedTree<V>> trees, ValueFields fields) throws IOException {
        for (Map.Entry<Integer, CountedTree<V>> entry : new TreeMap<>(trees).entrySet()) {
            CountedTree<V> tree = entry.getValue();
            output.content().putByte(kind).putInt(entry.getKey()).putLong(tree.size());
            itemDone();
            LeafWriter leaves = new LeafWriter(tree, fields);
            while (leaves.hasNext()) {
                output.content().putByte(CheckpointFormat.LEAF);
                leaves.writeNext(output.content());
                itemDone();
            }
        }
    }

    private void itemDone() throws IOException {
        if (output.isFull()) {
            output.flush();
            pace.chunkWritten();
        }
    }

    /** Controls the speed of writing, and whether to continue. */
    @FunctionalInterface
    interface Pace {

        /**
         * Called after each chunk.
         *
         * @throws java.util.concurrent.CancellationException to end writing
         */
        void chunkWritten();
    }
}
