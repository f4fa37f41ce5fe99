package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoreState;

/**
 * Copies what is still needed of segments into new ones: records that the index points to, each verified, and deletes
 * that an older record elsewhere still needs.
 */
final class LiveRecordCopier {

    private static final int FRAME_BODY_BYTES = 256 << 10;

    private final SegmentedLog log;
    private final LongPredicate tombstoneNeeded;
    private final List<SealedSegmentWriter> written = new ArrayList<>();
    private @Nullable SealedSegmentWriter writer;
    private FrameBody body = FrameBody.ofRelocation();
    private long collectedBytes;
    private long newestOperation;
    private long recordsCopied;

    /**
     * A copier into new segments of {@code log}.
     *
     * @param tombstoneNeeded whether a record older than a delete of this sequence may be in a segment that stays
     */
    LiveRecordCopier(SegmentedLog log, LongPredicate tombstoneNeeded) {
        this.log = log;
        this.tombstoneNeeded = tombstoneNeeded;
    }

    /** The segments that were written. */
    List<SealedSegmentWriter> written() {
        return written;
    }

    long recordsCopied() {
        return recordsCopied;
    }

    /**
     * Copies from one segment.
     *
     * @param current gives the latest state; a record that is replaced after it was copied does no harm
     * @throws org.storedb.error.CompactionCancelledException if {@code control} says so
     */
    void copy(Segment segment, Supplier<StoreState> current, CompactionControl control) throws IOException {
        log.readFrames(segment, frame -> {
            control.pace(frame.body().length);
            copy(segment, frame, current.get());
        });
    }

    private void copy(Segment segment, Frame frame, StoreState state) throws IOException {
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                RecordPointer pointer = state.records().get(treeId).get(key);
                if (pointer != null && pointer.segment() == segment.id() && pointer.offset() == recordOffset) {
                    copyRecord(segment, frame, treeId, sequence, key, recordOffset, recordLength);
                }
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {
                if (tombstoneNeeded.test(sequence)
                        && !state.records().get(treeId).contains(key)) {
                    body.relocateDelete(treeId, sequence, key);
                    added(sequence, key.length);
                }
            }
        });
        if (collectedBytes >= FRAME_BODY_BYTES) {
            writeFrame();
        }
    }

    private void copyRecord(
            Segment segment, Frame frame, int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
        byte[] record = new byte[recordLength];
        System.arraycopy(frame.body(), recordOffset - frame.bodyOffset(), record, 0, recordLength);
        RecordFormat.Content content;
        try {
            content = RecordFormat.read(segment, recordOffset, sequence, key, record);
        } catch (MalformedBytesException e) {
            throw damaged(segment, recordOffset, "is malformed", e);
        }
        if (content == null) {
            throw damaged(segment, recordOffset, "does not match its checksum", null);
        }
        body.relocatePut(treeId, sequence, key, content);
        recordsCopied++;
        added(sequence, key.length + recordLength);
    }

    private static CorruptStoreException damaged(
            Segment segment, int recordOffset, String how, @Nullable Throwable cause) {
        return new CorruptStoreException(
                segment.fileName(),
                recordOffset,
                "The record at byte " + recordOffset + " of " + segment.fileName() + " " + how
                        + "; it is not copied, restore the directory from a backup",
                cause);
    }

    private void added(long sequence, int bytes) {
        collectedBytes += bytes;
        newestOperation = Math.max(newestOperation, sequence);
    }

    /** Completes the last segment and makes it durable. */
    void finish() throws IOException {
        writeFrame();
        if (writer != null) {
            writer.finish();
            writer = null;
        }
    }

    private void writeFrame() throws IOException {
        if (body.operations() == 0) {
            return;
        }
        if (writer != null && !writer.hasRoomFor(body)) {
            writer.finish();
            writer = null;
        }
        if (writer == null) {
            writer = log.newSealedSegment(body);
            written.add(writer);
        }
        writer.append(newestOperation, body);
        body = FrameBody.ofRelocation();
        collectedBytes = 0;
        newestOperation = 0;
    }
}
