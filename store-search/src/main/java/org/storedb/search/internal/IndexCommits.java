package org.storedb.search.internal;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;

/** The commits of an index: when one is due, and what became of the last. For one thread at a time; getters for any. */
final class IndexCommits {

    /**
     * The number of commits of the store after which the index is committed, so that the store need not keep its log.
     */
    private static final long UNCOMMITTED_MAX = 5_000;

    private final String indexName;
    private final long intervalNanos;
    private long lastAtNanos;
    private volatile long committed = -1;
    private volatile @Nullable Throwable failure;

    /**
     * Creates the commits of an index that is not open yet.
     *
     * @param interval how long changes may remain uncommitted
     */
    IndexCommits(String indexName, Duration interval) {
        this.indexName = indexName;
        this.intervalNanos = interval.toNanos();
    }

    /** Returns the last commit that will be in the index when it is next opened; -1 for none. */
    long committed() {
        return committed;
    }

    /** Returns why the last commit failed; {@code null} if it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Notes what an index has that was opened or created. */
    void opened(IndexConnection open) {
        committed = open.committed();
        lastAtNanos = System.nanoTime();
    }

    /** Commits an index that was created, once it is up to date. */
    void commitIfNew(IndexConnection open) {
        if (open.committed() < 0) {
            tryToCommit(open);
        } else if (!open.isChanged()) {
            failure = null; // Nothing is left uncommitted.
        }
    }

    /** Commits changes if there are many, or they have waited for the interval. */
    void commitIfDue(IndexConnection open) {
        boolean much = open.uncommitted() >= UNCOMMITTED_MAX;
        boolean waited = System.nanoTime() - lastAtNanos >= intervalNanos;
        if (waited ? open.isChanged() || much : much && failure == null) {
            tryToCommit(open);
        }
    }

    /** Commits; if that fails, searches continue, and it is retried later. */
    void tryToCommit(IndexConnection open) {
        try {
            commit(open);
        } catch (StoreClosedException e) {
            // It is retried when the index is reopened.
        } catch (IOException | RuntimeException | Error e) {
            System.getLogger(IndexCommits.class.getName())
                    .log(System.Logger.Level.WARNING, "The text index " + indexName + " cannot be committed", e);
        }
    }

    void commit(IndexConnection open) throws IOException {
        try {
            open.commit();
            failure = null;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            committed = open.committed();
            lastAtNanos = System.nanoTime(); // Even after a failure: the next attempt also waits.
        }
    }
}
