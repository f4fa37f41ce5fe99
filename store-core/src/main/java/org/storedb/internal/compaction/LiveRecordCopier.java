package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.StoreState;

/**
 * Copies what is still needed of segments into new ones: records that the index points to, each verified, and deletes
 * that an older record elsewhere still needs. Records are written in key order, across all segments of a batch or as
 * far as memory allows: reading a range of settled data then reads the file forwards.
 */
final class LiveRecordCopier {

    /** Number of records that are sorted at once; each takes some 80 bytes of memory besides its key. */
    private static final int RUN_RECORDS = 200_000;

    /**
     * Bytes of records that are sorted at once: when compaction is throttled, this many are written without a pause.
     */
    private static final long RUN_BYTES = 16 << 20;

    private static final int TOUCHED_AT_ONCE = 32;

    private final SegmentedLog log;
    private final LongPredicate tombstoneNeeded;
    private final IntPredicate followed;
    private final CopyWriter target;
    private final List<LiveRecord> met = new ArrayList<>(); // Live or dead.
    private final Map<Integer, List<LiveRecord>> run = new TreeMap<>(); // By tree.
    private int runRecords;
    private long runBytes;
    private long newestFollowedCommit;
    private int lastFollowedTree = -1;

    /**
     * Creates a copier into new segments of {@code log}.
     *
     * @param tombstoneNeeded whether a record older than a delete of this sequence may be in a segment that stays
     * @param followed whether a follower may read the changes of a tree
     */
    LiveRecordCopier(SegmentedLog log, LongPredicate tombstoneNeeded, IntPredicate followed) {
        this.log = log;
        this.tombstoneNeeded = tombstoneNeeded;
        this.followed = followed;
        this.target = new CopyWriter(log);
    }

    /** Returns the segments that were written. */
    List<SealedSegmentWriter> written() {
        return target.written();
    }

    /** Discards everything that was written, which has not become part of the log. */
    void discard() {
        target.discard();
    }

    long recordsCopied() {
        return target.records();
    }

    /**
     * Returns the newest commit with changes that a follower may read, among those whose frames were read; 0 if there
     * is none.
     */
    long newestFollowedCommit() {
        return newestFollowedCommit;
    }

    /**
     * Copies from some segments, completes the copies and makes them durable.
     *
     * @param current provides an approximately latest state; a record that was replaced since does no harm
     * @throws org.storedb.error.CompactionCancelledException if {@code control} was cancelled
     */
    void copy(Batch batch, Supplier<StoreState> current, CompactionControl control) throws IOException {
        if (batch.inOneOrder()) {
            copyInOneOrder(batch, current, control);
        } else {
            copyInRuns(batch, current, control);
        }
        target.finish();
    }

    /** Reads frames for deletes, one segment after another; afterwards most of what the walk needs is in memory. */
    private void copyInOneOrder(Batch batch, Supplier<StoreState> current, CompactionControl control)
            throws IOException {
        long bytesRead = 0;
        for (Segment segment : batch.segments()) {
            readFrames(segment, current, control, false);
            bytesRead += segment.bytes();
            control.partlyDone(bytesRead / 2);
        }
        long half = bytesRead / 2;
        new LiveRecordWalk(batch.ids(), current, target, control)
                .copy(done -> control.partlyDone(half + (long) (half * done)));
        control.segmentsDone(batch.segments().size(), bytesRead);
    }

    private void copyInRuns(Batch batch, Supplier<StoreState> current, CompactionControl control) throws IOException {
        for (Segment segment : batch.segments()) {
            readFrames(segment, current, control, true);
            chooseLive(current.get());
            control.segmentsDone(1, segment.bytes());
        }
        writeRun();
    }

    private void readFrames(Segment segment, Supplier<StoreState> current, CompactionControl control, boolean withPuts)
            throws IOException {
        log.readFrames(segment, frame -> {
            control.pace(frame.bodyBytes());
            readFrame(segment, frame, current, withPuts);
        });
    }

    private void readFrame(Segment segment, Frame frame, Supplier<StoreState> current, boolean withPuts)
            throws IOException {
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                noteCommit(frame, treeId);
                if (withPuts) {
                    met.add(new LiveRecord(treeId, key, sequence, segment, recordOffset, recordLength));
                }
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {
                noteCommit(frame, treeId);
                if (tombstoneNeeded.test(sequence) && current.get().findStored(treeId, key) == null) {
                    target.delete(treeId, sequence, key);
                }
            }
        });
        if (met.size() >= TOUCHED_AT_ONCE) {
            chooseLive(current.get());
        }
        if (runRecords >= RUN_RECORDS || runBytes >= RUN_BYTES) {
            writeRun();
        }
        target.writeIfFull();
    }

    /** Adds the live ones to the run, of all records that were read since the last call. */
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
                runBytes += record.bytes();
            }
        }
        met.clear();
    }

    private void noteCommit(Frame frame, int treeId) {
        if (frame.sequence() > newestFollowedCommit && frame.kind() == FrameKind.COMMIT && isFollowed(treeId)) {
            newestFollowedCommit = frame.sequence();
        }
    }

    /** Returns whether a tree is followed, which never ends; caches the tree before, since most records are of that. */
    private boolean isFollowed(int treeId) {
        if (treeId != lastFollowedTree && followed.test(treeId)) {
            lastFollowedTree = treeId;
        }
        return treeId == lastFollowedTree;
    }

    private void writeRun() throws IOException {
        for (List<LiveRecord> ofTree : run.values()) {
            for (LiveRecord live : KeyOrder.sorted(ofTree, LiveRecord::key)) {
                target.put(live);
            }
        }
        run.clear();
        runRecords = 0;
        runBytes = 0;
    }
}
