package org.storedb;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.error.StoreIoException;
import org.storedb.error.TransactionConflictException;
import org.storedb.internal.backup.BackupTaker;
import org.storedb.internal.checkpoint.CheckpointService;
import org.storedb.internal.compaction.CompactionService;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.DocumentIdGenerator;
import org.storedb.internal.document.IndexBuilder;
import org.storedb.internal.expiry.ExpiryAtOpen;
import org.storedb.internal.expiry.StoreExpiry;
import org.storedb.internal.feed.FeedRetention;
import org.storedb.internal.feed.FeedService;
import org.storedb.internal.feed.FeedSource;
import org.storedb.internal.integrity.Scrubber;
import org.storedb.internal.integrity.StoreVerifier;
import org.storedb.internal.io.Closing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.UnfinishedStore;
import org.storedb.internal.query.QueryServices;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.HintService;
import org.storedb.internal.transaction.LatestView;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeView;
import org.storedb.internal.view.ViewRegistry;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/** Assembles the parts of one open store. Safe for use by many threads. */
final class StoreEngine implements Engine, LatestView.Source {

    private static final Duration EXPIRY_PAUSE = Duration.ofSeconds(1);

    private final StorageDirectory directory;
    private final @Nullable String path;
    private final StoreOptions options;
    private final Environment environment;
    private final SegmentedLog log;
    private final SpaceAccounting accounting;
    private final LocalCommitPipeline pipeline;
    private final HintService hints;
    private final CatalogService catalog;
    private final CollectionEngines collections;
    private final CompactionService compaction;
    private final CheckpointService checkpoints;
    private final StoreMaintenance maintenance;
    private final StoreExpiry expiry;
    private final FeedService feed;
    private final DocumentIdGenerator ids;
    private final ViewRegistry views = new ViewRegistry();
    private final TransactionCounters counters = new TransactionCounters();
    private final Commits commits;
    private final QueryServices queryServices;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final List<Closeable> closingSteps; // Allocated from the start: memory may be short when it is needed.
    private final StoreStats.OpenStats openStats;

    private StoreEngine(
            StorageDirectory directory,
            @Nullable String path,
            StoreOptions options,
            Environment environment,
            StoreClock clock,
            Recovery recovery,
            OpenReporter reporter) {
        this.directory = directory;
        this.path = path;
        this.options = options;
        this.environment = environment;
        this.queryServices = options.queryServices(environment);
        this.log = recovery.log();
        this.accounting = recovery.accounting();
        this.pipeline = new LocalCommitPipeline(
                log,
                recovery.state(),
                accounting,
                limits(options),
                options.compression().toValueCompression());
        this.hints = new HintService(pipeline, environment.tasks()::execute, HintService.Limits.ofJvm());
        this.catalog = new CatalogService(pipeline);
        this.commits = new Commits(pipeline, catalog, counters);
        this.collections = new CollectionEngines(catalog, options);
        FeedSource feedSource = new FeedSource(
                log,
                pipeline,
                catalog,
                environment,
                true,
                this::syncLog,
                isDurable(null),
                TimeUnit.NANOSECONDS.convert(options.syncInterval()));
        this.feed = new FeedService(feedSource, pipeline::setNotesPrevious);
        pipeline.afterCommit(feed::news);
        pipeline.indexWith(environment.tasks()::deliver);
        this.compaction = new CompactionService(
                log,
                pipeline,
                accounting,
                environment,
                options.bytesOnDiskMax(),
                options.compaction().bytesPerSecondMax(),
                retention(feedSource, options.changeRetention()));
        this.checkpoints = new CheckpointService(
                recovery.checkpoints(), log, pipeline, accounting, environment, thresholds(options), recovery.mark());
        this.maintenance = new StoreMaintenance(
                new StoreVerifier(log, pipeline, accounting, catalog, environment),
                new BackupTaker(log, pipeline, environment),
                new Scrubber(log, pipeline, catalog, environment, options.scrub()),
                closing::get);
        this.ids = new DocumentIdGenerator(environment.clock(), environment.random());
        Instant openedAt = environment.clock().instant();
        clock.advanceTo(
                Math.max(recovery.latestMillis(), recovery.state().expiries().asOfMillis()));
        this.expiry =
                new StoreExpiry(pipeline, catalog, environment, clock, options.expiryGrace(), recovery.latestMillis());
        pipeline.replaceState(state -> {
            ExpiryAtOpen opened = ExpiryAtOpen.of(state, recovery.changes(), clock.millis());
            return IndexBuilder.completeAll(
                    opened.state(),
                    opened.changes(),
                    catalog,
                    (done, total) -> reporter.report(OpenProgress.Phase.BUILDING_INDEXES, done, total));
        });
        this.closingSteps = List.of(
                compaction::close,
                expiry::stop,
                hints::close,
                checkpoints::close,
                feed::close,
                environment.tasks()::close,
                expiry::write,
                this::closeLog,
                () -> Engine.release(directory, environment));
        this.openStats = OpenReports.open(
                openedAt,
                reporter.finished(recovery.reason(), recovery.framesReplayed(), recovery.bytesReplayed()),
                recovery);
    }

    private static FeedRetention retention(FeedSource source, ChangeRetention retention) {
        long ageMillis = TimeUnit.MILLISECONDS.convert(retention.age());
        return new FeedRetention(source, retention.forNames(), ageMillis, retention.bytesMax());
    }

    private static CheckpointService.Thresholds thresholds(StoreOptions options) {
        CheckpointPolicy policy = options.checkpoints();
        return new CheckpointService.Thresholds(policy.growthBytes(), policy.growth(), policy.closingBytes());
    }

    /**
     * Opens the store in a directory that is held, and takes ownership of it: the directory is released when the store
     * is closed, or at once if the store cannot be opened.
     *
     * @param path the directory as shown in the statistics, or {@code null} for one in memory
     */
    static StoreEngine open(
            StorageDirectory directory, @Nullable String path, StoreOptions options, Environment outside) {
        StoreClock clock = new StoreClock(outside.clock(), outside.nanoTicker());
        Environment environment = outside.withClock(clock);
        try {
            UnfinishedStore.refuse(directory);
            options.compression().toValueCompression().requireLibrary();
            OpenReporter reporter =
                    new OpenReporter(directory.description(), options.openListener(), environment.nanoTicker());
            Recovery recovery = Recovery.run(
                    directory,
                    environment,
                    options.keyRing(environment.random()),
                    limits(options).segmentBytes(options.segmentBytes()),
                    Catalog::requireReadable,
                    (phase, done, total) -> reporter.report(OpenProgress.Phase.valueOf(phase.name()), done, total));
            try {
                recovery.log().space().reserve();
                StoreEngine engine = new StoreEngine(directory, path, options, environment, clock, recovery, reporter);
                engine.startBackgroundTasks();
                return engine;
            } catch (RuntimeException | Error e) {
                recovery.log().abandon(e);
                throw e;
            }
        } catch (StorageFullException e) {
            Engine.release(directory, environment);
            throw new StoreFullException(cannotOpen(directory, e), e);
        } catch (IOException e) {
            Engine.release(directory, environment);
            throw new StoreIoException(cannotOpen(directory, e), e);
        } catch (RuntimeException | Error e) {
            Engine.release(directory, environment);
            throw e;
        }
    }

    private static String cannotOpen(StorageDirectory directory, IOException cause) {
        return "Cannot open the store in " + directory.description() + ": " + cause.getMessage();
    }

    private static CommitLimits limits(StoreOptions options) {
        return new CommitLimits(options.entriesMax(), options.bytesOnDiskMax());
    }

    private void startBackgroundTasks() {
        if (options.durability() == Durability.INTERVAL) {
            environment.tasks().repeatPunctually(options.syncInterval(), this::syncInBackground);
        }
        if (options.compaction().automatic()) {
            compaction.startAutomatic(options.compaction().deadRatio());
        }
        environment.tasks().repeat(EXPIRY_PAUSE, this::expireInBackground);
        maintenance.start();
        environment.tasks().repeat(HintService.PAUSE, hints::startIfWorthwhile);
        if (writesCheckpoints()) {
            checkpoints.startAutomatic();
        }
    }

    /** Returns whether checkpoints are written; a store in memory is never opened again. */
    private boolean writesCheckpoints() {
        return options.checkpoints().enabled() && path != null;
    }

    @Override
    public StoreOptions options() {
        return options;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public CatalogService catalog() {
        return catalog;
    }

    @Override
    public CollectionEngines collections() {
        return collections;
    }

    @Override
    public ViewRegistry views() {
        return views;
    }

    Commits commits() {
        return commits;
    }

    CompactionService compaction() {
        return compaction;
    }

    @Override
    public FeedService feed() {
        requireOpen();
        return feed;
    }

    StoreMaintenance maintenance() {
        requireOpen();
        return maintenance;
    }

    @Override
    public DocumentIdGenerator ids() {
        return ids;
    }

    @Override
    public QueryServices queryServices() {
        return queryServices;
    }

    @Override
    public TransactionCounters counters() {
        return counters;
    }

    @Override
    public StoreState state() {
        requireOpen();
        return expiry.state();
    }

    @Override
    public StoreState indexedState() {
        requireOpen();
        return expiry.withoutExpired(pipeline.indexedState());
    }

    @Override
    public TreeView keyView() {
        return new LatestView(pipeline, this);
    }

    @Override
    public boolean isOpen() {
        return !closing.get();
    }

    @Override
    public void requireOpen() {
        if (closing.get()) {
            throw new StoreClosedException("The store in " + directory.description() + " is closed; open it again");
        }
    }

    @Override
    public void requireWritable() {}

    @Override
    public boolean isDurable(@Nullable Durability wanted) {
        return (wanted == null ? options.durability() : wanted) == Durability.ALWAYS;
    }

    @Override
    public void used(int treeId, byte[] key, RecordExpiry recordExpiry) {
        expiry.used(treeId, key, recordExpiry);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        requireOpen();
        return commits.commit(request);
    }

    /** Like {@link #commit}, for what {@code work} makes of the latest state, with no other commit in between. */
    CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
        requireOpen();
        return commits.commitExclusively(work);
    }

    @Override
    public TransactionConflictException conflict(CommitOutcome.Conflict conflict) {
        return commits.exceptionOf(conflict);
    }

    void sync() {
        requireOpen();
        syncLog();
    }

    private void syncLog() {
        log.requireWritable();
        try {
            log.sync();
            feed.news();
        } catch (IOException e) {
            throw new StoreFailedException(
                    "The log cannot be synced (" + e.getMessage()
                            + "); the store accepts no more writes, close it and open it again",
                    e);
        }
    }

    @Override
    public StoreStats stats() {
        return new StatsCollector(state(), catalog, accounting)
                .collect(
                        log,
                        path,
                        options.durability(),
                        counters.stats(),
                        compaction.status(),
                        openStats,
                        OpenReports.checkpoint(checkpoints),
                        maintenance.scrubStatus(),
                        queryServices.scans().bytes(),
                        maintenance.lastBackup(),
                        expiry.purged());
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            Closing.all(closingSteps);
            if (path != null) {
                System.getLogger(StoreEngine.class.getName())
                        .log(System.Logger.Level.DEBUG, "The store in {0} is closed", path);
            }
        } catch (IOException e) {
            throw new StoreIoException(
                    "The store in " + directory.description() + " was not closed cleanly: " + e.getMessage(), e);
        }
    }

    private void closeLog() throws IOException {
        pipeline.close();
        if (writesCheckpoints()) {
            checkpoints.writeClosing();
        }
    }

    private void expireInBackground() {
        if (!closing.get()) {
            expiry.step();
        }
    }

    long purgeExpired() {
        requireOpen();
        return expiry.purgeAll();
    }

    private void syncInBackground() {
        try {
            if (log.failure() == null) {
                log.sync();
                feed.news();
            }
        } catch (IOException | StoreException e) {
            System.getLogger(StoreEngine.class.getName())
                    .log(System.Logger.Level.DEBUG, "The log cannot be synced", e); // The end of writing was logged.
        }
    }
}
