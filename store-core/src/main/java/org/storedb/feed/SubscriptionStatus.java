package org.storedb.feed;

import org.jspecify.annotations.Nullable;

/**
 * The status of a subscription.
 *
 * @param name the name of the consumer, or {@code null} if it has none
 * @param position the position after everything that has been confirmed
 * @param recordedPosition the position from which the next subscription of the same name continues; without a name,
 *     where this one began
 * @param behind how many commits of the store it has not reached yet, whether or not they match the request
 * @param delivered how many transactions the listener has accepted
 * @param failures how many times in a row it has thrown
 * @param error the last exception it threw, or the one that ended the subscription; {@code null} if all is well
 */
public record SubscriptionStatus(
        @Nullable String name,
        State state,
        long position,
        long recordedPosition,
        long behind,
        long delivered,
        int failures,
        @Nullable Throwable error) {

    /** What happens to new changes. */
    public enum State {

        /** They are delivered. */
        RUNNING,

        /** The listener has thrown, and receives the same transaction again after a pause. */
        RETRYING,

        /** They are no longer delivered, because of an error. */
        FAILED,

        /** They are no longer delivered, because the subscription or the store was closed. */
        CLOSED
    }
}
