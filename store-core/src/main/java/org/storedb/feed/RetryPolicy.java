package org.storedb.feed;

import java.time.Duration;

/**
 * What happens when a listener throws: it receives the same transaction again after a pause that doubles each time,
 * until delivery finally stops. Immutable.
 *
 * @param retries number of consecutive retries before the subscription stops; default 10
 * @param firstPause pause before the first retry; default 100 ms. Pauses are accurate to 50 ms
 * @param pauseMax the longest pause; default 10 s
 */
public record RetryPolicy(int retries, Duration firstPause, Duration pauseMax) {

    private static final RetryPolicy DEFAULTS = new RetryPolicy(10, Duration.ofMillis(100), Duration.ofSeconds(10));

    public RetryPolicy {
        if (retries < 0 || firstPause.isNegative() || pauseMax.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("retries, firstPause and pauseMax must not be negative, and pauseMax"
                    + " not less than firstPause, but are " + retries + ", " + firstPause + " and " + pauseMax);
        }
    }

    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** Returns a policy by which the first exception stops the subscription. */
    public static RetryPolicy none() {
        return new RetryPolicy(0, DEFAULTS.firstPause, DEFAULTS.pauseMax);
    }

    /** Returns the pause before a retry; the first retry is 1. */
    public Duration pauseBefore(int retry) {
        Duration pause = firstPause;
        for (int i = 1; i < retry && pause.compareTo(pauseMax) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(pauseMax) < 0 ? pause : pauseMax;
    }
}
