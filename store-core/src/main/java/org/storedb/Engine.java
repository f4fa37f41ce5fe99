package org.storedb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.TransactionConflictException;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.DocumentIdGenerator;
import org.storedb.internal.feed.FeedService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.query.QueryServices;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.TreeView;
import org.storedb.internal.view.ViewRegistry;
import org.storedb.storage.StorageDirectory;

/** What sessions need from an open store. Safe for use by many threads. */
interface Engine {

    StoreOptions options();

    Environment environment();

    CatalogService catalog();

    CollectionEngines collections();

    /** Returns the views whose functions have been given since the store was opened. */
    ViewRegistry views();

    DocumentIdGenerator ids();

    TransactionCounters counters();

    QueryServices queryServices();

    /** Returns the change feed. */
    FeedService feed();

    /** Returns the state after the last visible commit. */
    StoreState state();

    /** Returns a state for writers that replace records without reading them: it may lack the latest puts. */
    StoreState indexedState();

    /** Returns a view of the latest state for one look-up of a key. */
    TreeView keyView();

    StoreStats stats();

    boolean isOpen();

    /** Closes the store; does nothing if it is closed. */
    void close();

    /** Throws if the store is closed. */
    void requireOpen();

    /** Throws if the store is not open for writing. */
    void requireWritable();

    /** Returns whether a commit with this durability is acknowledged only once it is durable. */
    boolean isDurable(@Nullable Durability wanted);

    /** Notes that an expiring record was read; if it expires when unused, it now expires later. */
    void used(int treeId, byte[] key, RecordExpiry expiry);

    /** Commits a request and counts its outcome. Handling a conflict is left to the caller. */
    CommitOutcome commit(CommitRequest request);

    /** Returns the exception that reports a conflict. */
    TransactionConflictException conflict(CommitOutcome.Conflict conflict);

    /** Releases the threads and the directory of a store. Allocates no memory, since the cause may be a lack of it. */
    static void release(StorageDirectory directory, Environment environment) {
        try {
            try {
                environment.tasks().close();
            } finally {
                directory.close();
            }
        } catch (IOException e) {
            System.getLogger(Engine.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot release " + directory.description(), e);
        }
    }
}
