package org.storedb.feed;

/** Receives changes, one transaction after another. Called by one thread of the store at a time. */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Receives a transaction; returning confirms it. It may take any amount of time: later changes wait in the log. It
     * may use the store, and close it.
     *
     * @throws Exception if it cannot be processed; the same transaction is then delivered again, see
     *     {@link RetryPolicy}
     */
    void changed(ChangeTransaction transaction) throws Exception;

    /**
     * Called once when delivery has stopped because of an error, which the status contains. Unless overridden, it logs
     * the failure.
     */
    default void failed(SubscriptionStatus status) {
        System.getLogger(ChangeListener.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "Changes after position " + status.position() + " are no longer delivered to "
                                + (status.name() == null ? "a listener without a name" : "'" + status.name() + "'"),
                        status.error());
    }
}
