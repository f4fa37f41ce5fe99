package org.storedb.internal.integrity;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.LogCut;
import org.storedb.internal.log.SegmentScanner;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.ScrubPolicy;
import org.storedb.maintenance.ScrubStatus;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;
import org.storedb.maintenance.VerificationReport;

/**
 * Reads the whole log over and over, a little at a time, and reports what has become damaged, including what a
 * verification has found. It is throttled by its own pace: each step reads what the rate allows for the time between two
 * steps. Safe for use by many threads; {@code this} guards everything.
 */
public final class Scrubber {

    private static final Duration STEP = Duration.ofMillis(250);
    private static final int LINES_LOGGED_MAX = 20;

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final CatalogService catalogs;
    private final Environment environment;
    private final ScrubPolicy policy;
    private final long stepBytes;
    private Instant nextRunAt;
    private @Nullable Run run;
    private long completedRuns;
    private @Nullable Instant lastCompletedAt;
    private boolean verified; // By what has found the problems: a verification, which finds more.
    private long problemCount;
    private List<StoreProblem> problems = new ArrayList<>();

    public Scrubber(
            SegmentedLog log,
            LocalCommitPipeline pipeline,
            CatalogService catalogs,
            Environment environment,
            ScrubPolicy policy) {
        this.log = log;
        this.pipeline = pipeline;
        this.catalogs = catalogs;
        this.environment = environment;
        this.policy = policy;
        this.stepBytes = Math.max(1, policy.bytesPerSecond() * STEP.toMillis() / 1000);
        this.nextRunAt = environment.clock().instant().plus(policy.firstAfter());
    }

    /** Begins to run in the background. */
    public void start() {
        if (policy.automatic()) {
            environment.tasks().repeat(STEP, this::step);
        }
    }

    public synchronized ScrubStatus status() {
        Run current = run;
        return new ScrubStatus(
                current != null,
                current == null ? 0 : current.bytesDone(),
                current == null ? 0 : current.bytesTotal,
                completedRuns,
                lastCompletedAt,
                problemCount,
                problems);
    }

    /** Takes over the result of a verification, which has read everything. */
    public synchronized void noteVerified(VerificationReport report) {
        List<StoreProblem> damage = report.problems().stream()
                .filter(problem -> problem.kind().isDamage())
                .toList();
        problemCount = damage.size();
        problems = new ArrayList<>(damage.subList(0, Math.min(damage.size(), ScrubStatus.PROBLEMS_MAX)));
        verified = true;
    }

    private synchronized void step() {
        try {
            stepOrFail();
        } catch (RuntimeException e) { // A task that throws is not repeated.
            logger().log(System.Logger.Level.ERROR, "The log cannot be read in the background", e);
            run = null;
            nextRunAt = environment.clock().instant().plus(policy.pause());
        }
    }

    private synchronized void stepOrFail() {
        if (run == null && !environment.clock().instant().isBefore(nextRunAt)) {
            run = new Run(pipeline.whileNoCommit(() -> log.cut(pipeline.state().sequence())));
        }
        if (run != null && run.step()) {
            finish(run);
            run = null;
        }
    }

    private void finish(Run finished) {
        completedRuns++;
        lastCompletedAt = environment.clock().instant();
        nextRunAt = lastCompletedAt.plus(policy.pause());
        if (finished.found == 0 && !verified) {
            problemCount = 0;
            problems = new ArrayList<>();
        } else if (finished.found > LINES_LOGGED_MAX) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "The log of the store has {0} damaged parts or records, of which {1} were logged",
                            finished.found,
                            LINES_LOGGED_MAX);
        }
    }

    private synchronized void report(Run finder, StoreProblem problem) {
        if (finder.found++ == 0) {
            verified = false;
            problemCount = 0; // What an earlier run found is found again, or has disappeared.
            problems = new ArrayList<>();
        }
        problemCount++;
        if (problems.size() < ScrubStatus.PROBLEMS_MAX) {
            problems.add(problem);
        }
        if (finder.found <= LINES_LOGGED_MAX) {
            logger().log(System.Logger.Level.WARNING, problem.description());
        }
    }

    /** Looks for the current records in a damaged part. This takes a while, so it is done separately. */
    private void nameKeys(Run finder, int segmentId, long from, long to) {
        StoreState state = pipeline.state().withExpired();
        KeyNames names = new KeyNames(catalogs.catalogOf(state));
        for (int treeId : state.records().ids()) {
            TreeCursor<RecordPointer> cursor = state.records().get(treeId).cursor(TreeRange.all());
            while (cursor.next()) {
                RecordPointer pointer = cursor.value();
                if (pointer.segment() == segmentId && pointer.offset() >= from && pointer.offset() < to) {
                    nameIfDamaged(finder, state, names.of(treeId, cursor.key()), cursor.key(), pointer);
                }
            }
        }
    }

    private void nameIfDamaged(Run finder, StoreState state, KeyNames.Name name, byte[] key, RecordPointer pointer) {
        try {
            RecordReader.readVerified(state.segments(), key, pointer);
        } catch (StoreException e) {
            report(
                    finder,
                    new StoreProblem(
                            Kind.DAMAGED_RECORD,
                            state.segments().get(pointer.segment()).fileName(),
                            pointer.offset(),
                            name.tree(),
                            name.key(),
                            "The value of " + name + " cannot be read: " + e.getMessage()));
        }
    }

    private static System.Logger logger() {
        return System.getLogger(Scrubber.class.getName());
    }

    /** One reading of the log as it was at the beginning, without what compaction has moved elsewhere since. */
    private final class Run {

        private final UUID storeId;
        private final long bytesTotal;
        private final Deque<LogCut.Part> left; // A segment that is held keeps the space of its file.
        private @Nullable SegmentScanner scanner; // Of the first part.
        private long reach;
        private long found;

        Run(LogCut cut) {
            this.storeId = cut.storeId();
            this.bytesTotal = cut.bytes();
            this.left = new ArrayDeque<>(cut.parts());
        }

        long bytesDone() {
            long bytesLeft = left.stream().mapToLong(LogCut.Part::bytes).sum();
            return bytesTotal - bytesLeft + (scanner == null ? 0 : scanner.validBytes());
        }

        /** Reads as much as one step may; returns true when everything has been read. */
        boolean step() {
            leaveOutGone();
            reach += stepBytes;
            LogCut.Part current = left.peek();
            while (current != null && read(current)) {
                reach = Math.max(0, reach - current.bytes());
                scanner = null;
                left.remove();
                current = left.peek();
            }
            return current == null;
        }

        private void leaveOutGone() {
            LogCut.Part current = left.peek();
            if (current != null && isGone(current)) {
                scanner = null;
                reach = 0;
            }
            left.removeIf(this::isGone);
        }

        private boolean isGone(LogCut.Part part) {
            return !log.segments().contains(part.segment().id());
        }

        /** Continues to read a segment; returns true at its end. A frame is read when the reach covers all of it. */
        private boolean read(LogCut.Part current) {
            String file = current.segment().fileName();
            try {
                SegmentScanner reader = scanner == null ? current.scanner(storeId) : scanner;
                scanner = reader;
                long end = Math.min(reach, current.bytes());
                reader.scanTo(end, frame -> {});
                while (end == current.bytes() && reader.validBytes() < end) {
                    damaged(current, reader.skipDamage());
                    reader.scanTo(end, frame -> {});
                }
                return reader.validBytes() == current.bytes();
            } catch (IOException | StoreException e) {
                report(
                        this,
                        StoreProblem.ofFile(
                                Kind.UNREADABLE_FILE, file, -1, "Cannot read " + file + ": " + e.getMessage()));
                return true;
            }
        }

        private void damaged(LogCut.Part current, SegmentScanner.Gap gap) {
            String file = current.segment().fileName();
            String what = gap.describe(file) + "; restore the store from a backup while there still is one";
            report(this, StoreProblem.ofFile(Kind.DAMAGED_FILE, file, gap.from(), what));
            int segmentId = current.segment().id();
            environment.tasks().execute(() -> nameKeys(this, segmentId, gap.from(), gap.to()));
        }
    }
}
