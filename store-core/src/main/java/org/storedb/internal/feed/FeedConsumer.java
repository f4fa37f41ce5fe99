package org.storedb.internal.feed;

/** Something that takes changes for as long as it is open. Safe for use by many threads. */
interface FeedConsumer {

    /** Records the position if it is time to; never waits for the consumer. */
    void recordIfDue();

    /** Ends it, and records what has been confirmed. */
    void end();
}
