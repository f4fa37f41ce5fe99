package org.storedb.feed;

/** Takes changes, one transaction after the other. Called by one thread at a time, a thread of the store. */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Takes a transaction; returning confirms it. It may take any time: what comes meanwhile waits in the log. It may use the
     * store, and close it.
     *
     * @throws Exception if it cannot be taken; the same transaction then comes again, see {@link RetryPolicy}
     */
    void changed(ChangeTransaction transaction) throws Exception;

    /**
     * Hears, once, that it gets nothing any more because of an error, which the status has. Unless it is overridden, the log
     * says so.
     */
    default void failed(SubscriptionStatus status) {
        System.getLogger(ChangeListener.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "Changes behind position " + status.position() + " are not delivered any more",
                        status.error());
    }
}
