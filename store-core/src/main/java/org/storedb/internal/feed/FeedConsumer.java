package org.storedb.internal.feed;

/** A consumer of changes, as long as it is open. Safe for use by many threads. */
interface FeedConsumer {

    /** Called when commits were published, or made durable. Must be quick and never fail: it may delay a commit. */
    void news();

    /** Called periodically to do what is due. Never waits for the consumer. */
    void tick();

    /** Ends the consumer, and records what has been confirmed. */
    void end();
}
