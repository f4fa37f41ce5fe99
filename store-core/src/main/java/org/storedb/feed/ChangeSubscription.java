package org.storedb.feed;

/** A subscription that delivers changes to a listener. Safe for use by many threads. */
public interface ChangeSubscription extends AutoCloseable {

    /** Returns the current status. */
    SubscriptionStatus status();

    /**
     * Ends the subscription: waits until the listener has returned, and records the position if it has a name. The
     * listener itself may call this, and does not wait; the name is free once it has returned. Does nothing if the
     * subscription has ended.
     */
    @Override
    void close();
}
