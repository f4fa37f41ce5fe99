package org.storedb;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreIoException;
import org.storedb.error.TransactionConflictException;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.DocumentIdGenerator;
import org.storedb.internal.document.IndexBuilder;
import org.storedb.internal.expiry.ExpiryAtOpen;
import org.storedb.internal.expiry.ExpiryService;
import org.storedb.internal.feed.FeedService;
import org.storedb.internal.feed.FeedSource;
import org.storedb.internal.feed.FollowedCommitLog;
import org.storedb.internal.io.Closing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.FollowedLog;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.query.QueryServices;
import org.storedb.internal.recovery.FollowedState;
import org.storedb.internal.recovery.StoreFollower;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.FollowedCommits;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeView;
import org.storedb.internal.view.ViewRegistry;
import org.storedb.storage.StorageDirectory;

/**
 * Assembles the parts of a store that is open for reading only. States come from the log that another process may be
 * writing; each is published as a whole, with its indexes and field names. Safe for use by many threads; {@code this}
 * guards the follower and the state of refreshes.
 */
final class FollowerEngine implements Engine {

    private final StorageDirectory directory;
    private final StoreOptions options;
    private final Environment environment;
    private final StoreFollower follower;
    private final FollowedCommits commits;
    private final CatalogService catalog;
    private final CollectionEngines collections;
    private final StoreClock clock;
    private final ExpiryService expiry;
    private final DocumentIdGenerator ids;
    private final StoreStats.OpenStats openStats;
    private final ViewRegistry views = new ViewRegistry();
    private final TransactionCounters counters = new TransactionCounters();
    private final QueryServices queryServices;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final FeedService feed;
    private volatile FollowedLog log;
    private @Nullable Instant lastCommitAt;
    private Instant lastRefreshAt;
    private long refreshes;
    private long rebuilds;
    private @Nullable String failure;

    private FollowerEngine(
            StorageDirectory directory,
            StoreOptions options,
            Environment environment,
            StoreFollower follower,
            FollowedState first,
            OpenReporter reporter)
            throws IOException {
        this.directory = directory;
        this.options = options;
        this.clock = new StoreClock(environment.clock(), environment.nanoTicker());
        this.environment = environment.withClock(clock);
        this.queryServices = options.queryServices(this.environment);
        this.follower = follower;
        this.log = first.log();
        Instant openedAt = environment.clock().instant();
        this.lastRefreshAt = openedAt;
        this.ids = new DocumentIdGenerator(environment.clock(), environment.random());
        this.commits = new FollowedCommits(first.state(), readOnly());
        this.catalog = catalogOf(commits, follower, first);
        this.collections = new CollectionEngines(catalog, options);
        this.feed = new FeedService(
                new FeedSource(
                        new FollowedCommitLog(() -> log),
                        commits,
                        catalog,
                        environment,
                        false,
                        () -> {},
                        false,
                        TimeUnit.NANOSECONDS.convert(options.syncInterval())),
                noting -> {});
        this.expiry = new ExpiryService(commits::state, commits::replaceState, catalog, clock, () -> {}, () -> false);
        publish(first, (done, total) -> reporter.report(OpenProgress.Phase.BUILDING_INDEXES, done, total));
        FollowedState.Report report = first.report();
        Duration duration = reporter.finished(report.reason(), report.frames(), report.bytes());
        this.openStats = new StoreStats.OpenStats(
                openedAt, duration, report.checkpointUsed(), report.reason(), report.frames(), report.bytes());
    }

    /**
     * Opens the store in a directory and takes ownership of that: it is closed with the store, or at once if the store
     * cannot be opened.
     */
    static FollowerEngine open(StorageDirectory directory, StoreOptions options, Environment environment) {
        OpenReporter reporter =
                new OpenReporter(directory.description(), options.openListener(), environment.nanoTicker());
        StoreFollower follower = new StoreFollower(
                directory,
                environment,
                options.keyRing(environment.random()),
                Catalog::requireReadable,
                (phase, done, total) -> reporter.report(OpenProgress.Phase.valueOf(phase.name()), done, total));
        try {
            FollowerEngine engine =
                    new FollowerEngine(directory, options, environment, follower, follower.read(), reporter);
            if (options.access() == Access.FOLLOW) {
                environment.tasks().repeat(options.followInterval(), engine::refreshInBackground);
            }
            return engine;
        } catch (IOException e) {
            Closing.after(e, follower);
            Engine.release(directory, environment);
            throw new StoreIoException(cannotOpen(directory, e), e);
        } catch (RuntimeException | Error e) {
            Closing.after(e, follower);
            Engine.release(directory, environment);
            throw e;
        }
    }

    private static String cannotOpen(StorageDirectory directory, IOException cause) {
        return cause instanceof NoSuchFileException
                ? "There is no complete store in " + directory.description() + ": the file '" + cause.getMessage()
                        + "' is missing. A store is not created when it is opened for reading only"
                : "Cannot read the store in " + directory.description() + ": " + StorageErrors.reason(cause);
    }

    private static CatalogService catalogOf(FollowedCommits commits, StoreFollower follower, FollowedState first) {
        try {
            return new CatalogService(commits);
        } catch (RuntimeException | Error e) {
            Closing.after(e, () -> follower.giveUp(first));
            throw e;
        }
    }

    /** Reads what has been committed since the last refresh, and returns the last visible commit. */
    synchronized long refresh() {
        requireOpen();
        try {
            FollowedState next = follower.next(commits.state());
            if (next != null) {
                publish(next, (done, total) -> {});
                rebuilds += next.whole() ? 1 : 0;
            }
            refreshes++;
            lastRefreshAt = environment.clock().instant();
            failure = null;
        } catch (FollowedLog.OtherStoreException e) {
            throw failed(new StoreFailedException(
                    "The store in " + directory.description() + " can no longer be followed: " + e.getMessage()
                            + ". The commits read so far remain readable; close the store and open it again",
                    e));
        } catch (IOException e) {
            throw failed(new StoreIoException(
                    "Cannot read the latest commits of the store in " + directory.description() + ": " + e, e));
        } catch (StoreException e) {
            throw failed(e);
        }
        return commits.state().sequence();
    }

    private <E extends StoreException> E failed(E e) {
        failure = e.getMessage();
        return e;
    }

    /** Publishes the state once it is complete; nobody sees it before. */
    private synchronized void publish(FollowedState next, IndexBuilder.Progress progress) throws IOException {
        StoreState complete;
        try {
            catalog.learn(next.state(), next.whole());
            clock.advanceTo(
                    Math.max(next.latestMillis(), next.state().expiries().asOfMillis()));
            ExpiryAtOpen opened = ExpiryAtOpen.of(next.state(), next.changes(), clock.millis());
            complete = IndexBuilder.completeAll(opened.state(), opened.changes(), catalog, progress);
        } catch (RuntimeException | Error e) {
            Closing.after(e, () -> follower.giveUp(next));
            throw e;
        }
        follower.accept(next);
        log = next.log();
        if (next.lastCommitMillis() > 0) {
            lastCommitAt = Instant.ofEpochMilli(next.lastCommitMillis());
        }
        commits.publish(complete);
        if (next.whole()) {
            views.forgetRows(); // A different history may have the same sequences.
        }
        feed.news();
    }

    private void refreshInBackground() {
        if (closed.get()) {
            return;
        }
        String before = knownFailure();
        try {
            refresh();
        } catch (StoreClosedException e) {
            // The store was closed meanwhile.
        } catch (StoreException e) {
            if (!String.valueOf(e.getMessage()).equals(before)) {
                System.getLogger(FollowerEngine.class.getName())
                        .log(System.Logger.Level.WARNING, "The store cannot be followed at the moment", e);
            }
        }
    }

    private synchronized @Nullable String knownFailure() {
        return failure;
    }

    @Override
    public synchronized StoreStats stats() {
        return new StatsCollector(state(), catalog, follower.accounting())
                .collectFollowed(
                        log,
                        directory.description(),
                        options.durability(),
                        counters.stats(),
                        openStats,
                        queryServices.scans().bytes(),
                        new StoreStats.FollowStats(lastCommitAt, lastRefreshAt, refreshes, rebuilds, failure));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Closing.inOrder(
                    feed::close,
                    environment.tasks()::close,
                    this::closeFollower,
                    () -> Engine.release(directory, environment));
        } catch (IOException e) {
            System.getLogger(FollowerEngine.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot close a segment", e);
        }
    }

    private synchronized void closeFollower() throws IOException {
        follower.close();
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    /** The exception that a write gets. */
    ReadOnlyException refusal() {
        return new ReadOnlyException(readOnly());
    }

    private String readOnly() {
        return "The store in " + directory.description()
                + " is open for reading only; write in the process that has it open for writing, or open it with"
                + " Access.READ_WRITE";
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

    @Override
    public DocumentIdGenerator ids() {
        return ids;
    }

    @Override
    public QueryServices queryServices() {
        return queryServices;
    }

    @Override
    public FeedService feed() {
        requireOpen();
        return feed;
    }

    @Override
    public TransactionCounters counters() {
        return counters;
    }

    @Override
    public StoreState indexedState() {
        return state();
    }

    @Override
    public TreeView keyView() {
        return new StateView(state());
    }

    @Override
    public StoreState state() {
        requireOpen();
        return expiry.state();
    }

    @Override
    public void requireOpen() {
        if (closed.get()) {
            throw new StoreClosedException("The store in " + directory.description() + " is closed; open it again");
        }
    }

    @Override
    public void requireWritable() {
        throw refusal();
    }

    @Override
    public boolean isDurable(@Nullable Durability wanted) {
        return false;
    }

    /** Only the writer can postpone an expiry. */
    @Override
    public void used(int treeId, byte[] key, RecordExpiry recordExpiry) {}

    @Override
    public CommitOutcome commit(CommitRequest request) {
        return commits.commit(request);
    }

    @Override
    public TransactionConflictException conflict(CommitOutcome.Conflict conflict) {
        throw new IllegalStateException("Nothing is committed here, so nothing conflicts: " + conflict);
    }
}
