package org.storedb.internal.integrity;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.LogCut;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;
import org.storedb.maintenance.VerificationReport;

/**
 * Verifies that an open store is sound, using a snapshot: reads, commits and compactions proceed meanwhile. Needs one
 * bit for each record and index entry, and remembers each deleted key whose delete is still in the log. Safe for use by
 * many threads.
 */
public final class StoreVerifier {

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final SpaceAccounting accounting;
    private final CatalogService catalogs;
    private final Environment environment;

    public StoreVerifier(
            SegmentedLog log,
            LocalCommitPipeline pipeline,
            SpaceAccounting accounting,
            CatalogService catalogs,
            Environment environment) {
        this.log = log;
        this.pipeline = pipeline;
        this.accounting = accounting;
        this.catalogs = catalogs;
        this.environment = environment;
    }

    /**
     * Verifies everything.
     *
     * @param closed whether the store is being closed, which ends the verification
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     * @throws IOException if the directory cannot be listed; a file that cannot be read is reported as a problem
     */
    public VerificationReport verify(OperationMonitor monitor, BooleanSupplier closed) throws IOException {
        Instant startedAt = environment.clock().instant();
        long startNanos = environment.nanoTicker().getAsLong();
        Moment moment = pipeline.whileNoCommit(this::moment);
        StoreState state = moment.state.withExpired();
        Problems problems = new Problems();
        ProgressMeter meter = new ProgressMeter("The verification", monitor, closed);
        KeyNames names = new KeyNames(catalogs.catalogOf(state));
        LogCheck logCheck = new LogCheck(moment.cut, state, names, problems, meter, moment.endIsKnown);
        logCheck.run();
        RecordCheck recordCheck = new RecordCheck(state, catalogs, logCheck, names, problems, meter);
        recordCheck.run();
        recordCheck.checkFigures(moment.liveBytes);
        findLeaks(problems);
        return new VerificationReport(
                startedAt,
                Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos),
                state.sequence(),
                moment.cut.parts().size(),
                moment.cut.bytes(),
                logCheck.frames(),
                recordCheck.records(),
                recordCheck.indexEntries(),
                (int) moment.liveBytes.values().stream()
                        .filter(bytes -> bytes == 0)
                        .count(),
                problems.count(),
                problems.kept());
    }

    private Moment moment() {
        StoreState state = pipeline.state();
        LogCut cut = log.cut(state.sequence());
        Map<Integer, Long> liveBytes = new HashMap<>();
        for (LogCut.Part part : cut.parts()) {
            Segment segment = part.segment();
            liveBytes.put(segment.id(), accounting.liveBytesOfSegment(segment.id()));
        }
        return new Moment(state, cut, liveBytes, log.failure() == null);
    }

    private void findLeaks(Problems problems) throws IOException {
        for (String name : log.leakedFiles()) {
            problems.add(StoreProblem.ofFile(
                    Kind.LEAKED_FILE,
                    name,
                    -1,
                    "The file " + name + " is unused; the next open of the store removes it"));
        }
    }

    /** Consistent data, taken between two commits. */
    private record Moment(StoreState state, LogCut cut, Map<Integer, Long> liveBytes, boolean endIsKnown) {}
}
