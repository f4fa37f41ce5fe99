package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SealedSegmentWriter;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.Relocation;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * Rewrites sealed segments without their dead records. Reads and commits proceed: copying holds no lock, and the switch
 * to the copies is done in steps that each take no longer than a commit.
 *
 * <p>The order makes a crash at any moment harmless:
 *
 * <ol>
 *   <li>Live records are copied to new segments, which are synced. Until the manifest names them they are leftovers
 *       that the next open deletes.
 *   <li>The manifest names old and new segments. Both have the same records with the same sequences, so a replay has
 *       the same result whichever it reads first.
 *   <li>The index is pointed to the copies.
 *   <li>The log is synced: what made a record dead must be durable before the record is removed.
 *   <li>The manifest names the new segments only, then the old files are deleted.
 * </ol>
 */
final class Compactor {

    private static final int RELOCATIONS_AT_ONCE = 256;

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final SpaceAccounting accounting;
    private final CompactionChooser chooser;
    private final CommitKeeper keeper;

    Compactor(
            SegmentedLog log,
            LocalCommitPipeline pipeline,
            SpaceAccounting accounting,
            CompactionChooser chooser,
            CommitKeeper keeper) {
        this.chooser = chooser;
        this.keeper = keeper;
        this.log = log;
        this.pipeline = pipeline;
        this.accounting = accounting;
    }

    /**
     * Compacts segments.
     *
     * @param batch sealed segments
     * @throws org.storedb.error.CompactionCancelledException if it is to stop; nothing is changed in that case
     * @throws IOException if the file system fails; nothing is lost in that case
     */
    Copied compact(Batch batch, CompactionControl control) throws IOException {
        Set<Integer> ids = batch.ids();
        LiveRecordCopier copier =
                new LiveRecordCopier(log, sequence -> chooser.isDeleteNeeded(sequence, ids), keeper::isFollowed);
        try {
            copier.copy(batch, pipeline::indexedState, control);
            log.addSegments(copier.written(), pipeline.state().sequence());
        } catch (IOException | RuntimeException | Error e) {
            copier.discard();
            throw e;
        }
        long bytes = 0;
        for (SealedSegmentWriter copy : copier.written()) {
            log.readFrames(copy.segment(), frame -> pointTo(copy.segment(), frame));
            bytes += copy.segment().bytes();
        }
        log.sync();
        log.removeSegments(ids, pipeline.state().sequence(), copier.newestFollowedCommit());
        pipeline.releaseSegments();
        ids.forEach(accounting::forget);
        return new Copied(copier.recordsCopied(), bytes);
    }

    /** Points keys to the records of a frame, in steps, since commits that need the trees may have to wait for one. */
    private void pointTo(Segment copy, Frame frame) {
        List<Relocation> relocations = new ArrayList<>();
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                RecordPointer pointer = new RecordPointer(copy.id(), recordOffset, recordLength, sequence);
                relocations.add(new Relocation(treeId, key, pointer));
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {}
        });
        for (int i = 0; i < relocations.size(); i += RELOCATIONS_AT_ONCE) {
            pipeline.relocate(relocations.subList(i, Math.min(i + RELOCATIONS_AT_ONCE, relocations.size())));
        }
    }

    /** The results of copying. */
    record Copied(long records, long bytes) {}
}
