package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * Rewrites sealed segments without their dead records. Reads and commits go on: copying holds no lock, and the swap is
 * done in steps that each take no longer than a commit.
 *
 * <p>The order makes a crash at any moment harmless:
 *
 * <ol>
 *   <li>Live records are copied to new segments, which are synced. Until the manifest names them they are left-overs that
 *       the next open deletes.
 *   <li>The manifest names old and new segments. Both have the same records with the same sequences, so a replay comes to
 *       the same result whichever it meets first.
 *   <li>The index is pointed to the copies.
 *   <li>The log is synced: what made a record dead must be durable before the record goes.
 *   <li>The manifest names the new segments only, then the old files are deleted.
 * </ol>
 */
final class Compactor {

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final SpaceAccounting accounting;

    Compactor(SegmentedLog log, LocalCommitPipeline pipeline, SpaceAccounting accounting) {
        this.log = log;
        this.pipeline = pipeline;
        this.accounting = accounting;
    }

    /**
     * Compacts segments.
     *
     * @param chosen sealed segments
     * @param progress is told the number of segments that have been copied
     * @param cancelled asked now and then whether to stop; nothing is changed then
     * @return the number of records copied
     * @throws IOException if the file system refuses; nothing is lost then
     */
    long compact(List<Segment> chosen, IntConsumer progress, BooleanSupplier cancelled) throws IOException {
        Set<Integer> ids = chosen.stream().map(Segment::id).collect(Collectors.toSet());
        LiveRecordCopier copier = new LiveRecordCopier(log, sequence -> isDeleteNeeded(sequence, ids));
        try {
            for (int i = 0; i < chosen.size(); i++) {
                copier.copy(chosen.get(i), pipeline::state, cancelled);
                progress.accept(i + 1);
            }
            copier.finish();
            log.addSegments(copier.written(), pipeline.state().sequence());
        } catch (IOException | RuntimeException e) {
            copier.written().forEach(log::discard);
            throw e;
        }
        for (SealedSegmentWriter copy : copier.written()) {
            log.readFrames(copy.segment(), frame -> pointTo(copy.segment(), frame));
        }
        log.sync();
        log.removeSegments(ids, pipeline.state().sequence());
        pipeline.relocate(target -> {}); // Publishes a state that no longer holds the old segments.
        ids.forEach(accounting::forget);
        return copier.recordsCopied();
    }

    /**
     * Whether a delete of this sequence is still needed outside some segments, lest a record that is older come back. A
     * segment without dead records has none of a deleted key; of copies that keys were never pointed to nothing is known.
     */
    boolean isDeleteNeeded(long sequence, Set<Integer> outsideIds) {
        for (Segment segment : log.segments().all()) {
            if (!outsideIds.contains(segment.id())
                    && segment.oldestPut() < sequence
                    && (accounting.hasDeadRecords(segment.id()) || !segment.isSettled())) {
                return true;
            }
        }
        return false;
    }

    private void pointTo(Segment copy, Frame frame) {
        pipeline.relocate(target -> OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                target.relocate(treeId, key, new RecordPointer(copy.id(), recordOffset, recordLength, sequence));
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {}
        }));
    }
}
