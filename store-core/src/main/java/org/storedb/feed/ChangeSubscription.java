package org.storedb.feed;

/** A listener that changes are delivered to. Safe for use by many threads. */
public interface ChangeSubscription extends AutoCloseable {

    /** How it is doing. */
    SubscriptionStatus status();

    /**
     * Ends it: waits until the listener has returned, and records the position if there is a name. The listener itself may
     * call this, and does not wait. Does nothing if it has ended.
     */
    @Override
    void close();
}
