package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.FrameKind;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.StoreState;

/**
 * Copies what is still needed of segments into new ones: records that the index points to, each verified, and deletes
 * that an older record elsewhere still needs. Records are written in the order of their keys, as far as memory allows:
 * whoever reads a range of settled data then reads the file forwards.
 */
final class LiveRecordCopier {

    private static final int FRAME_BODY_BYTES = 256 << 10;

    /** Records that are put in order at once; each takes some 80 bytes of memory beside its key. */
    private static final int RUN_RECORDS = 200_000;

    /** Bytes of records that are put in order at once: so many are written without a pause, if there have to be any. */
    private static final long RUN_BYTES = 16 << 20;

    private static final int TOUCHED_AT_ONCE = 32;

    private final SegmentedLog log;
    private final LongPredicate tombstoneNeeded;
    private final IntPredicate followed;
    private final List<SealedSegmentWriter> written = new ArrayList<>();
    private final List<LiveRecord> met = new ArrayList<>(); // Live or dead.
    private final Map<Integer, List<LiveRecord>> run = new TreeMap<>(); // By tree.
    private @Nullable SealedSegmentWriter writer;
    private FrameBody body = FrameBody.ofRelocation();
    private int runRecords;
    private long runBytes;
    private long collectedBytes;
    private long newestOperation;
    private long recordsCopied;
    private long newestFollowedCommit;
    private int lastFollowedTree = -1;

    /**
     * A copier into new segments of {@code log}.
     *
     * @param tombstoneNeeded whether a record older than a delete of this sequence may be in a segment that stays
     * @param followed whether somebody may ask for the changes of a tree
     */
    LiveRecordCopier(SegmentedLog log, LongPredicate tombstoneNeeded, IntPredicate followed) {
        this.log = log;
        this.tombstoneNeeded = tombstoneNeeded;
        this.followed = followed;
    }

    /** The segments that were written. */
    List<SealedSegmentWriter> written() {
        return written;
    }

    /** Gives up all that was written, which has not become part of the log. */
    void discard() {
        if (writer != null && !written.contains(writer)) {
            log.discard(writer.segment());
        }
        for (int i = 0; i < written.size(); i++) { // Memory may be what is missing, so nothing is allocated for it.
            log.discard(written.get(i).segment());
        }
    }

    long recordsCopied() {
        return recordsCopied;
    }

    /** The newest commit with changes that somebody may ask for, of those whose frames were met; 0 if there was none. */
    long newestFollowedCommit() {
        return newestFollowedCommit;
    }

    /**
     * Copies from one segment.
     *
     * @param current gives a state that is about the latest; a record that was replaced since does no harm
     * @throws org.storedb.error.CompactionCancelledException if {@code control} says so
     */
    void copy(Segment segment, Supplier<StoreState> current, CompactionControl control) throws IOException {
        log.readFrames(segment, frame -> {
            control.pace(frame.bodyBytes());
            copy(segment, frame, current);
        });
        chooseLive(current.get());
    }

    private void copy(Segment segment, Frame frame, Supplier<StoreState> current) throws IOException {
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                noteCommit(frame, treeId);
                met.add(new LiveRecord(treeId, key, sequence, segment, recordOffset, recordLength));
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {
                noteCommit(frame, treeId);
                if (tombstoneNeeded.test(sequence) && current.get().findStored(treeId, key) == null) {
                    body.relocateDelete(treeId, sequence, key);
                    added(sequence, key.length);
                }
            }
        });
        if (met.size() >= TOUCHED_AT_ONCE) {
            chooseLive(current.get());
        }
        if (runRecords >= RUN_RECORDS || runBytes >= RUN_BYTES) {
            writeRun();
        }
        writeFullFrame();
    }

    /** Adds those records to the run that are live, of all that were met since it was done before. */
    private void chooseLive(StoreState state) {
        long sum = 0;
        for (int i = 0; i < met.size(); i++) {
            sum += state.touch(met.get(i).treeId(), met.get(i).key());
        }
        Touched.keep(sum);
        for (int i = 0; i < met.size(); i++) {
            LiveRecord record = met.get(i);
            if (record.isCurrent(state)) {
                run.computeIfAbsent(record.treeId(), treeId -> new ArrayList<>())
                        .add(record);
                runRecords++;
                runBytes += record.key().length + record.length();
            }
        }
        met.clear();
    }

    private void noteCommit(Frame frame, int treeId) {
        if (frame.sequence() > newestFollowedCommit && frame.kind() == FrameKind.COMMIT && isFollowed(treeId)) {
            newestFollowedCommit = frame.sequence();
        }
    }

    /** A tree that is followed stays so; most records are of the same tree as the one before. */
    private boolean isFollowed(int treeId) {
        if (treeId != lastFollowedTree && followed.test(treeId)) {
            lastFollowedTree = treeId;
        }
        return treeId == lastFollowedTree;
    }

    private void writeRun() throws IOException {
        for (List<LiveRecord> ofTree : run.values()) {
            for (LiveRecord live : KeyOrder.sorted(ofTree, LiveRecord::key)) {
                body.relocatePut(live.treeId(), live.sequence(), live.key(), live.read());
                recordsCopied++;
                added(live.sequence(), live.key().length + live.length());
                writeFullFrame();
            }
        }
        run.clear();
        runRecords = 0;
        runBytes = 0;
    }

    private void writeFullFrame() throws IOException {
        if (collectedBytes >= FRAME_BODY_BYTES) {
            writeFrame();
        }
    }

    private void added(long sequence, int bytes) {
        collectedBytes += bytes;
        newestOperation = Math.max(newestOperation, sequence);
    }

    /** Completes the last segment and makes it durable. */
    void finish() throws IOException {
        writeRun();
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
