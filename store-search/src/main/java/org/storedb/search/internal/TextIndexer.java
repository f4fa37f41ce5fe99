package org.storedb.search.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.error.ChangesLostException;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreIoException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * Keeps an index in step with a store: on demand, for callers that need to see a commit, one at a time. Searches that
 * do not need the latest state never wait. Safe for use by many threads; {@code lock} guards the connection.
 */
public final class TextIndexer implements AutoCloseable {

    /**
     * The number of commits of the store after which the index is committed, so that the store need not keep its log.
     */
    private static final long UNCOMMITTED_MAX = 5_000;

    /** The number of attempts to bring the index up to date. */
    private static final int ATTEMPTS = 3;

    private final Store store;
    private final String name;
    private final Directory directory;
    private final FieldAnalyzers analyzer;
    private final IndexOpener opener;
    private final long commitNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable IndexConnection connection;
    private long committedAtNanos;
    private volatile @Nullable Generation current;
    private volatile boolean closed;
    private volatile long committed = -1;
    private final AtomicInteger rebuilds = new AtomicInteger();
    private volatile @Nullable String rebuildReason;
    private volatile @Nullable Throwable updateFailure;
    private volatile @Nullable Throwable commitFailure;

    /**
     * Opens an index, and brings it up to date.
     *
     * @param directory closed with the indexer
     * @param place the directory as shown in messages; {@code null} for one in memory
     * @param commitInterval how long changes may remain uncommitted
     */
    @SuppressWarnings("this-escape")
    public TextIndexer(
            Store store,
            TextIndexDefinition definition,
            Directory directory,
            @Nullable String place,
            Duration commitInterval,
            OperationMonitor monitor) {
        this.store = store;
        this.name = definition.name();
        this.directory = directory;
        this.commitNanos = commitInterval.toNanos();
        this.analyzer = new FieldAnalyzers(definition);
        IndexSource source = new IndexSource(
                store,
                definition,
                new DocumentTextCodec(definition),
                analyzer,
                place == null ? null : new Lineage(store, definition.name()));
        IndexFiles files = new IndexFiles(directory, place == null ? "memory" : place);
        this.opener = new IndexOpener(source, files, () -> closed, this::rebuilding);
        try {
            files.requireOwn();
            bringUpToDate(null, monitor);
        } catch (IOException e) {
            updateFailure = e;
            close();
            throw unusable(e);
        } catch (RuntimeException | Error e) {
            updateFailure = e;
            close();
            throw e;
        }
    }

    /** Returns the analyzer that turns text into words. */
    public FieldAnalyzers analyzer() {
        return analyzer;
    }

    /** Returns the current index, which the caller must close. */
    public Generation now() {
        while (true) {
            Generation generation = current;
            if (generation == null) {
                throw closedException();
            }
            if (generation.hold()) {
                return generation;
            }
        }
    }

    /**
     * Returns the index with everything up to a commit, and possibly more; the caller must close it.
     *
     * @throws StoreIoException if the index cannot be brought up to date
     */
    public Generation atLeast(long sequence) {
        Generation now = now();
        if (now.sequence() >= sequence) {
            return now;
        }
        release(now);
        lock.lock();
        try {
            requireOpen();
            Generation generation = current;
            if (generation == null || generation.sequence() < sequence) {
                update();
            }
            return now();
        } finally {
            lock.unlock();
        }
    }

    /** Commits changes that have waited for the commit interval. */
    public void commitIfDue() {
        lock.lock();
        try {
            if (!closed && connection != null) {
                commitIfDue(connection);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a new snapshot of the index's commit: the previous one may be the last to retain files that a compaction
     * has removed.
     */
    public void renewSnapshot() {
        lock.lock();
        try {
            Generation generation = current;
            Snapshot snapshot = store.snapshot();
            if (generation != null && generation.sequence() == snapshot.sequence()) {
                publish(held(generation.reader()), snapshot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Commits the index. */
    public void commit() {
        lock.lock();
        try {
            requireOpen();
            update();
            if (connection != null) {
                commit(connection);
            }
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            lock.unlock();
        }
    }

    /** Rebuilds the index. */
    public void rebuild(String reason, OperationMonitor monitor) {
        lock.lock();
        try {
            requireOpen();
            bringUpToDate(reason, monitor);
            updateFailure = null;
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Rebuilds the index, which a search found damaged, unless another search has already done so.
     *
     * @param rebuildsBefore how often it was {@linkplain #rebuilds() rebuilt} before the search
     */
    public void repair(String reason, int rebuildsBefore) {
        lock.lock();
        try {
            if (rebuilds.get() == rebuildsBefore) {
                rebuild(reason, OperationMonitor.none());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last commit that will be in the index when it is next opened; -1 for none. */
    public long committed() {
        return committed;
    }

    /** Returns how often an existing index was rebuilt since it was opened. */
    public int rebuilds() {
        return rebuilds.get();
    }

    /** Returns why the index was last rebuilt. */
    public @Nullable String rebuildReason() {
        return rebuildReason;
    }

    /**
     * Returns why the last attempt to bring the index up to date or to commit it failed; {@code null} if it did not.
     */
    public @Nullable Throwable failure() {
        Throwable ofUpdate = updateFailure;
        return ofUpdate == null ? commitFailure : ofUpdate;
    }

    private void update() {
        try {
            bringUpToDate(null, OperationMonitor.none());
            updateFailure = null;
        } catch (IOException | AlreadyClosedException e) {
            updateFailure = e;
            disconnect();
            throw unusable(e);
        } catch (RuntimeException | Error e) {
            updateFailure = e;
            throw e;
        }
    }

    /**
     * Brings the index up to date, rebuilding it if nothing else helps.
     *
     * @param rebuildReason why it must be rebuilt in any case, or {@code null}
     */
    private void bringUpToDate(@Nullable String rebuildReason, OperationMonitor monitor) throws IOException {
        String reason = rebuildReason;
        for (int attempt = 1; ; attempt++) {
            try {
                IndexConnection open = connection;
                if (open == null || reason != null) {
                    connect(reason, monitor);
                } else {
                    advance(open);
                }
                return;
            } catch (IOException | RuntimeException e) {
                reason = reasonToRebuild(e);
                IndexConnection open = connection;
                boolean closedItself = e instanceof IllegalStateException && open != null && open.hasClosedItself();
                if (attempt == ATTEMPTS || (reason == null && !closedItself)) {
                    throw e;
                }
                disconnect();
            }
        }
    }

    /** Returns why a new index would remedy a failure; {@code null} if it would not. */
    private static @Nullable String reasonToRebuild(Exception e) {
        if (e instanceof ChangesLostException || e instanceof CorruptStoreException) {
            return String.valueOf(e.getMessage());
        }
        boolean ofIndex = e instanceof IOException || e instanceof AlreadyClosedException;
        return ofIndex && IndexFiles.saysDamaged(e) ? "it is damaged: " + e.getMessage() : null;
    }

    private void connect(@Nullable String rebuildReason, OperationMonitor monitor) throws IOException {
        disconnect();
        IndexConnection opened = opener.open(rebuildReason, monitor);
        connection = opened;
        committed = opened.committed();
        committedAtNanos = System.nanoTime();
        Snapshot snapshot = store.snapshot();
        opened.advanceTo(snapshot.sequence());
        publish(DirectoryReader.open(opened.writer()), snapshot);
        if (opened.committed() < 0) {
            tryToCommit(opened);
        } else if (!opened.isChanged()) {
            commitFailure = null; // Nothing is left uncommitted.
        }
    }

    private void advance(IndexConnection open) throws IOException {
        Snapshot snapshot = store.snapshot();
        open.advanceTo(snapshot.sequence());
        DirectoryReader before =
                Objects.requireNonNull(current, "An open index has a reader").reader();
        DirectoryReader changed = DirectoryReader.openIfChanged(before, open.writer());
        publish(changed == null ? held(before) : changed, snapshot);
        commitIfDue(open);
    }

    private static DirectoryReader held(DirectoryReader reader) {
        reader.incRef();
        return reader;
    }

    private void publish(DirectoryReader reader, Snapshot snapshot) {
        Generation before = current;
        current = new Generation(reader, snapshot);
        if (before != null) {
            release(before);
        }
    }

    private void commitIfDue(IndexConnection open) {
        boolean much = open.uncommitted() >= UNCOMMITTED_MAX;
        boolean waited = System.nanoTime() - committedAtNanos >= commitNanos;
        if (waited ? open.isChanged() || much : much && commitFailure == null) {
            tryToCommit(open);
        }
    }

    /** Commits; if that fails, searches continue, and it is retried later. */
    private void tryToCommit(IndexConnection open) {
        try {
            commit(open);
        } catch (StoreClosedException e) {
            // It is retried when the index is reopened.
        } catch (IOException | RuntimeException | Error e) {
            System.getLogger(TextIndexer.class.getName())
                    .log(System.Logger.Level.WARNING, "The text index " + name + " cannot be committed", e);
        }
    }

    private void commit(IndexConnection open) throws IOException {
        try {
            open.commit();
            commitFailure = null;
        } catch (IOException | RuntimeException | Error e) {
            commitFailure = e;
            throw e;
        } finally {
            committed = open.committed();
            committedAtNanos = System.nanoTime(); // Even after a failure: the next attempt also waits.
        }
    }

    private void disconnect() {
        IndexConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | AlreadyClosedException e) {
                System.getLogger(TextIndexer.class.getName())
                        .log(System.Logger.Level.DEBUG, "The text index " + name + " ended with a failure", e);
            }
        }
    }

    private void rebuilding(String reason) {
        rebuilds.incrementAndGet();
        rebuildReason = reason;
        System.getLogger(TextIndexer.class.getName())
                .log(System.Logger.Level.INFO, "The text index {0} is rebuilt: {1}", name, reason);
    }

    private static void release(Generation generation) {
        try {
            generation.close();
        } catch (IOException e) {
            System.getLogger(TextIndexer.class.getName())
                    .log(System.Logger.Level.DEBUG, "Files of a text index cannot be closed", e);
        }
    }

    /**
     * Checks that the index is open.
     *
     * @throws StoreClosedException if it is not
     */
    public void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private StoreClosedException closedException() {
        return new StoreClosedException("The text index " + name + " is closed; open it again");
    }

    private StoreIoException unusable(Exception e) {
        return new StoreIoException("The text index " + name + " cannot be read or written: " + e.getMessage(), e);
    }

    /**
     * Commits uncommitted changes, if the store is still open, and closes the index. Does nothing if it is already
     * closed.
     */
    @Override
    public void close() {
        boolean wasClosed = closed;
        closed = true; // Set first, so that a running build ends.
        lock.lock();
        try {
            if (wasClosed) {
                return;
            }
            IndexConnection open = connection;
            if (open != null && store.isOpen() && open.isChanged() && updateFailure == null) {
                tryToCommit(open);
            }
            disconnect();
            Generation last = current;
            current = null;
            if (last != null) {
                release(last);
            }
            analyzer.close();
            directory.close();
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            lock.unlock();
        }
    }
}
