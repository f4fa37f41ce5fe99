package org.storedb.feed;

import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing.
 *
 * @param position the position behind all that has been confirmed
 * @param recordedPosition the position from which the next subscription of the same name goes on; without a name, where it
 *     began
 * @param behind how many commits of the store it has not come to yet, asked for or not
 * @param delivered how many transactions the listener has taken
 * @param failures how often in a row it has thrown
 * @param error what it threw last, or what ended the subscription; {@code null} if all is well
 */
public record SubscriptionStatus(
        State state,
        long position,
        long recordedPosition,
        long behind,
        long delivered,
        int failures,
        @Nullable Throwable error) {

    /** What becomes of new changes. */
    public enum State {

        /** They are delivered. */
        RUNNING,

        /** The listener has thrown, and gets the same transaction again after a pause. */
        RETRYING,

        /** They are not delivered any more, because of an error. */
        FAILED,

        /** They are not delivered any more, because the subscription or the store was closed. */
        CLOSED
    }
}
