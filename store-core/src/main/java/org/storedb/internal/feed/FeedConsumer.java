package org.storedb.internal.feed;

/** Something that takes changes for as long as it is open. Safe for use by many threads. */
interface FeedConsumer {

    /** Commits were published, or made durable. Quick, and never fails: it may be on the way of a commit. */
    void news();

    /** Called again and again: does what is due by the clock. Never waits for the consumer. */
    void tick();

    /** Ends it, and records what has been confirmed. */
    void end();
}
