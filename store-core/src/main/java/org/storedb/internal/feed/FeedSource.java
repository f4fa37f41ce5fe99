package org.storedb.internal.feed;

import org.storedb.internal.document.CatalogService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.transaction.CommitPipeline;

/**
 * What a feed needs from a store.
 *
 * @param writable whether positions can be recorded, and it is known what is durable
 * @param sync makes everything durable that was committed
 * @param durableCommits whether the store's commits are acknowledged only when they are on the medium
 * @param syncNanos how long to wait for another thread to make commits durable
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

    /** Makes everything durable that was committed. */
    void makeDurable() {
        sync.run();
    }
}
