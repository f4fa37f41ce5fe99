package org.storedb.internal.feed;

import org.storedb.internal.document.CatalogService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.transaction.CommitPipeline;

/**
 * What a feed needs of a store.
 *
 * @param writable whether anything can be recorded, and what is durable is known
 * @param sync makes all that was committed durable
 * @param durableCommits whether the store's commits are acknowledged only when they are on the medium
 * @param syncNanos how long to wait for somebody else to make commits durable
 */
public record FeedSource(
        CommitLog log,
        CommitPipeline pipeline,
        CatalogService catalog,
        Environment environment,
        boolean writable,
        Runnable sync,
        boolean durableCommits,
        long syncNanos) {

    long newest() {
        return pipeline.state().sequence();
    }

    long nanos() {
        return environment.nanoTicker().getAsLong();
    }

    /** Makes all that was committed durable. */
    void makeDurable() {
        sync.run();
    }
}
