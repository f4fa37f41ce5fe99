package org.storedb.internal.recovery;

import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.LogReader;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.recovery.RecoveryProgress.Phase;
import org.storedb.internal.transaction.StoreState;

/** Reads a valid checkpoint, if there is one, and the part of the log that it does not cover. */
final class RecoveryReader implements LogReader {

    private static final long REPORT_BYTES = 1 << 20;

    private final CheckpointFile file;
    private final Consumer<StoreState> check;
    private final RecoveryProgress progress;
    private ReplayedFrames frames = new ReplayedFrames(LogReplay.ofAll());
    private @Nullable Checkpoint used;
    private boolean rejected;
    private String reason = "the store is new";
    private long bytesReported;
    private long bytesTotal;

    /**
     * Creates a reader of one store.
     *
     * @param check throws if what was read must not be opened
     */
    RecoveryReader(CheckpointFile file, Consumer<StoreState> check, RecoveryProgress progress) {
        this.file = file;
        this.check = check;
        this.progress = progress;
    }

    /** Returns what was read of the log; its latest time is at least that of the checkpoint. */
    ReplayedFrames frames() {
        return frames;
    }

    /** Returns the checkpoint on which the state is based, or {@code null}. */
    @Nullable
    Checkpoint used() {
        return used;
    }

    /** Returns whether there is an unusable checkpoint. */
    boolean hasRejected() {
        return rejected;
    }

    /** Returns why no checkpoint was used; empty if one was. */
    String reason() {
        return reason;
    }

    @Override
    public @Nullable LogMark start(UUID storeId) {
        CheckpointFile.Loaded loaded =
                file.load(storeId, (done, total) -> progress.report(Phase.LOADING_CHECKPOINT, done, total));
        Checkpoint checkpoint = loaded.checkpoint();
        reason = loaded.reason();
        if (checkpoint == null) {
            rejected = loaded.exists();
            return null;
        }
        used = checkpoint;
        frames = new ReplayedFrames(LogReplay.behind(checkpoint));
        timeAtLeast(checkpoint.mark().lastTimeMillis());
        return checkpoint.mark();
    }

    @Override
    public void begin(long total) {
        bytesTotal = total;
        progress.report(Phase.REPLAYING_LOG, 0, total);
    }

    @Override
    public void sequenceAtLeast(long sequence) {
        frames.sequenceAtLeast(sequence);
    }

    @Override
    public void timeAtLeast(long millis) {
        frames.timeAtLeast(millis);
    }

    @Override
    public void beginSegment(Segment segment) {
        frames.beginSegment(segment);
    }

    @Override
    public void frame(Frame frame) {
        frames.frame(frame);
        long bytesDone = frames.bytes();
        if (bytesDone - bytesReported >= REPORT_BYTES) {
            bytesReported = bytesDone;
            progress.report(Phase.REPLAYING_LOG, bytesDone, Math.max(bytesTotal, bytesDone));
        }
    }

    @Override
    public boolean isComplete(Set<Integer> segmentIds) {
        return frames.replay().isWithin(segmentIds);
    }

    @Override
    public void requireSound(SegmentTable segments) {
        check.accept(frames.replay().state(segments));
    }

    @Override
    public void restart(String why) {
        frames = new ReplayedFrames(LogReplay.ofAll());
        used = null;
        rejected = true;
        reason = "the checkpoint is not usable: " + why;
        bytesReported = 0;
    }
}
