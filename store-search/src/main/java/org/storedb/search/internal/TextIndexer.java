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
 * Keeps an index in step with a store: on demand, for whoever wants to see a commit, one at a time. Searches that are
 * content with what there is wait for nobody. Safe for use by many threads; {@code lock} guards the connection.
 */
public final class TextIndexer implements AutoCloseable {

    /** Commits of the store after which the index is committed, so that the store need not keep its log. */
    private static final long UNCOMMITTED_MAX = 5_000;

    /** How often it is tried to bring the index up to date; only the first time without building it anew. */
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
     * @param directory is closed with the indexer
     * @param place what to call the directory in messages; {@code null} for one in memory
     * @param commitInterval how long changes may be uncommitted
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

    /** How text becomes words. */
    public FieldAnalyzers analyzer() {
        return analyzer;
    }

    /** The index as it is now; to be closed. */
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
     * The index with everything up to a commit, and perhaps more; to be closed.
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

    /** Commits what has waited for long enough. */
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
     * Takes a new snapshot of the commit that the index is of: the one before may be the last that keeps files which a
     * compaction has removed.
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

    /** Builds the index anew. */
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

    /** The commit that the index is of when it is opened next; -1 for none. */
    public long committed() {
        return committed;
    }

    /** How often an index that was there was built anew since it was opened. */
    public int rebuilds() {
        return rebuilds.get();
    }

    /** Why that was done the last time. */
    public @Nullable String rebuildReason() {
        return rebuildReason;
    }

    /** Why the index could not be brought up to date, or committed, the last time; {@code null} if it could. */
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
     * Brings the index up to date, with a new one if nothing else helps.
     *
     * @param rebuildReason why it is to be built anew in any case, or {@code null}
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
                if (reason == null || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Why a new index helps against a failure; {@code null} if it does not. */
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
            commitFailure = null; // Nothing is left that could not be committed.
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

    /** Commits; if that fails, searches go on, and it is tried again later. */
    private void tryToCommit(IndexConnection open) {
        try {
            commit(open);
        } catch (StoreClosedException e) {
            // It is tried when the index is opened again.
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
            committedAtNanos = System.nanoTime(); // Also if it failed: the next attempt waits, too.
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
                .log(System.Logger.Level.INFO, "The text index {0} is built anew: {1}", name, reason);
    }

    private static void release(Generation generation) {
        try {
            generation.close();
        } catch (IOException e) {
            System.getLogger(TextIndexer.class.getName())
                    .log(System.Logger.Level.DEBUG, "Files of a text index cannot be closed", e);
        }
    }

    private void requireOpen() {
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

    /** Commits what is not committed, if the store is open still, and ends. Does nothing if it has ended. */
    @Override
    public void close() {
        boolean wasClosed = closed;
        closed = true; // First, so that a build comes to its end.
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
