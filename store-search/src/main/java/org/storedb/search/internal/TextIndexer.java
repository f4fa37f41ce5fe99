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

    /** The number of attempts to bring the index up to date. */
    private static final int ATTEMPTS = 3;

    private final Store store;
    private final String name;
    private final Directory directory;
    private final FieldAnalyzers analyzer;
    private final IndexOpener opener;
    private final IndexCommits commits;
    private final CurrentGeneration current = new CurrentGeneration();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable IndexConnection connection;
    private volatile boolean closed;
    private final AtomicInteger rebuilds = new AtomicInteger();
    private volatile @Nullable String rebuildReason;
    private volatile @Nullable Throwable updateFailure;

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
        this.commits = new IndexCommits(name, commitInterval);
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
        Generation generation = current.hold();
        if (generation == null) {
            throw closedException();
        }
        return generation;
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
        CurrentGeneration.release(now);
        lock.lock();
        try {
            requireOpen();
            Generation generation = current.get();
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
                commits.commitIfDue(connection);
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
            Generation generation = current.get();
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
                commits.commit(connection);
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
        return commits.committed();
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
        return ofUpdate == null ? commits.failure() : ofUpdate;
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
        commits.opened(opened);
        Snapshot snapshot = store.snapshot();
        opened.advanceTo(snapshot.sequence());
        publish(DirectoryReader.open(opened.writer()), snapshot);
        commits.commitIfNew(opened);
    }

    private void advance(IndexConnection open) throws IOException {
        Snapshot snapshot = store.snapshot();
        open.advanceTo(snapshot.sequence());
        DirectoryReader before = Objects.requireNonNull(current.get(), "An open index has a reader")
                .reader();
        DirectoryReader changed = DirectoryReader.openIfChanged(before, open.writer());
        publish(changed == null ? held(before) : changed, snapshot);
        commits.commitIfDue(open);
    }

    private static DirectoryReader held(DirectoryReader reader) {
        reader.incRef();
        return reader;
    }

    private void publish(DirectoryReader reader, Snapshot snapshot) {
        current.replace(new Generation(reader, snapshot));
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
                commits.tryToCommit(open);
            }
            disconnect();
            current.replace(null);
            analyzer.close();
            directory.close();
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            lock.unlock();
        }
    }
}
