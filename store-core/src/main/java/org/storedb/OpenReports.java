package org.storedb;

import java.time.Duration;
import java.time.Instant;
import org.storedb.internal.checkpoint.CheckpointRun;
import org.storedb.internal.checkpoint.CheckpointService;
import org.storedb.internal.recovery.Recovery;

/** Reports the open and checkpoints in terms of the public API. */
final class OpenReports {

    private OpenReports() {}

    static StoreStats.OpenStats open(Instant at, Duration duration, Recovery recovery) {
        return new StoreStats.OpenStats(
                at,
                duration,
                recovery.mark() != null,
                recovery.reason(),
                recovery.framesReplayed(),
                recovery.bytesReplayed());
    }

    static StoreStats.CheckpointStats checkpoint(CheckpointService service) {
        CheckpointRun run = service.lastRun();
        return run == null
                ? new StoreStats.CheckpointStats(service.bytesBehind(), null, Duration.ZERO, 0, 0, null)
                : new StoreStats.CheckpointStats(
                        service.bytesBehind(),
                        run.startedAt(),
                        run.duration(),
                        run.sequence(),
                        run.bytes(),
                        run.failure());
    }
}
