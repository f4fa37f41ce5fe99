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

/** What sessions need of an open store. Safe for use by many threads. */
interface Engine {

    StoreOptions options();

    Environment environment();

    CatalogService catalog();

    CollectionEngines collections();

    /** The views whose functions have been given since the store was opened. */
    ViewRegistry views();

    DocumentIdGenerator ids();

    TransactionCounters counters();

    QueryServices queryServices();

    /** The consumers of changes. */
    FeedService feed();

    /** The state after the last commit that is to be seen. */
    StoreState state();

    /** A state for who replaces records without looking at them: it may lack the latest puts. */
    StoreState indexedState();

    /** A view of the latest state for one look-up of a key. */
    TreeView keyView();

    /** Refuses if the store is closed. */
    void requireOpen();

    /** Refuses if the store is not open for writing. */
    void requireWritable();

    /** Whether a commit with this durability is acknowledged only when it is on the medium. */
    boolean isDurable(@Nullable Durability wanted);

    /** A record was read that expires, later if it is used. */
    void used(int treeId, byte[] key, RecordExpiry expiry);

    /** Commits a request and counts how it ends. A conflict is left to the caller. */
    CommitOutcome commit(CommitRequest request);

    /** What a conflict is thrown as. */
    TransactionConflictException conflict(CommitOutcome.Conflict conflict);

    /** Lets go of the threads and the directory of a store; takes no memory, which may be what is missing. */
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
