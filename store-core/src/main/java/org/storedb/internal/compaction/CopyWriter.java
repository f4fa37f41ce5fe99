package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.SegmentedLog;

/** Writes copies of records and deletes to new segments, one after another as they fill up. For one thread. */
final class CopyWriter {

    private static final int FRAME_BODY_BYTES = 256 << 10;

    private final SegmentedLog log;
    private final List<SealedSegmentWriter> written = new ArrayList<>();
    private @Nullable SealedSegmentWriter writer;
    private FrameBody body = FrameBody.ofRelocation();
    private long collectedBytes;
    private long newestOperation;
    private long records;

    /** Creates a writer of new segments of {@code log}. */
    CopyWriter(SegmentedLog log) {
        this.log = log;
    }

    /** Returns the segments that were begun; all of them are complete after {@link #finish}. */
    List<SealedSegmentWriter> written() {
        return written;
    }

    /** Returns how many records were copied. */
    long records() {
        return records;
    }

    /**
     * Copies a record.
     *
     * @throws org.storedb.error.CorruptStoreException if it is not what was written
     */
    void put(LiveRecord live) throws IOException {
        body.relocatePut(live.treeId(), live.sequence(), live.key(), live.read());
        records++;
        added(live.sequence(), live.bytes());
        writeIfFull();
    }

    /** Copies a delete, which is written together with what follows or by {@link #writeIfFull}. */
    void delete(int treeId, long sequence, byte[] key) {
        body.relocateDelete(treeId, sequence, key);
        added(sequence, key.length);
    }

    private void added(long sequence, int bytes) {
        collectedBytes += bytes;
        newestOperation = Math.max(newestOperation, sequence);
    }

    /** Writes what was collected if it is enough for a frame. */
    void writeIfFull() throws IOException {
        if (collectedBytes >= FRAME_BODY_BYTES) {
            writeFrame();
        }
    }

    /** Completes the last segment and makes it durable. */
    void finish() throws IOException {
        writeFrame();
        if (writer != null) {
            writer.finish();
            writer = null;
        }
    }

    /** Discards everything that was written, which has not become part of the log. */
    void discard() {
        if (writer != null && !written.contains(writer)) {
            log.discard(writer.segment());
        }
        for (int i = 0; i < written.size(); i++) { // Memory may have run out, so nothing is allocated.
            log.discard(written.get(i).segment());
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
