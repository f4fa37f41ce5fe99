package org.storedb.internal.recovery;

import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
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
    private LogReplay replay = LogReplay.ofAll();
    private @Nullable Checkpoint used;
    private boolean rejected;
    private String reason = "the store is new";
    private long lastCommit;
    private long lastCommitMillis;
    private long latestMillis;
    private long frames;
    private long bytesDone;
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

    LogReplay replay() {
        return replay;
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

    /** Returns when the last commit that was read was written, since 1970-01-01 UTC; 0 if none was read. */
    long lastCommitMillis() {
        return lastCommitMillis;
    }

    /** Returns the latest time in what was read or the checkpoint covers, since 1970-01-01 UTC; 0 if there was none. */
    long latestMillis() {
        return latestMillis;
    }

    long frames() {
        return frames;
    }

    long bytesRead() {
        return bytesDone;
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
        replay = LogReplay.behind(checkpoint);
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
        replay.sequenceAtLeast(sequence);
    }

    @Override
    public void timeAtLeast(long millis) {
        latestMillis = Math.max(latestMillis, millis);
    }

    @Override
    public void beginSegment(Segment segment) {
        replay.beginSegment(segment);
    }

    @Override
    public void frame(Frame frame) {
        replay.frame(frame);
        timeAtLeast(frame.timeMillis());
        if (frame.kind() == FrameKind.COMMIT && frame.sequence() > lastCommit) {
            lastCommit = frame.sequence();
            lastCommitMillis = frame.timeMillis();
        }
        frames++;
        bytesDone += frame.bytes();
        if (bytesDone - bytesReported >= REPORT_BYTES) {
            bytesReported = bytesDone;
            progress.report(Phase.REPLAYING_LOG, bytesDone, Math.max(bytesTotal, bytesDone));
        }
    }

    @Override
    public boolean isComplete(Set<Integer> segmentIds) {
        return replay.isWithin(segmentIds);
    }

    @Override
    public void requireSound(SegmentTable segments) {
        check.accept(replay.state(segments));
    }

    @Override
    public void restart(String why) {
        replay = LogReplay.ofAll();
        used = null;
        rejected = true;
        reason = "the checkpoint is not usable: " + why;
        latestMillis = 0;
        frames = 0;
        bytesDone = 0;
        bytesReported = 0;
    }
}
