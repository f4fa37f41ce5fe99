package org.storedb;

import java.util.List;
import org.storedb.internal.compaction.CompactionRun;
import org.storedb.internal.compaction.CompactionService;

/** Reports compactions in terms of the public API. */
final class CompactionReports {

    private CompactionReports() {}

    static CompactionStatus status(CompactionService service) {
        CompactionService.Progress progress = service.progress();
        return new CompactionStatus(
                progress != null,
                progress == null ? null : progress.startedAt(),
                progress == null ? 0 : progress.segmentsDone(),
                progress == null ? 0 : progress.segmentsTotal(),
                progress == null ? 0 : progress.bytesDone(),
                progress == null ? 0 : progress.bytesTotal(),
                service.reclaimedBytes(),
                service.results().stream().map(CompactionReports::result).toList());
    }

    /** Returns the status of a store that never compacts. */
    static CompactionStatus none() {
        return new CompactionStatus(false, null, 0, 0, 0, 0, 0, List.of());
    }

    static CompactionResult result(CompactionRun run) {
        return new CompactionResult(
                run.startedAt(),
                run.duration(),
                run.segmentsCompacted(),
                run.recordsCopied(),
                run.bytesBefore(),
                run.bytesAfter(),
                run.bytesReclaimed(),
                run.failure());
    }
}
