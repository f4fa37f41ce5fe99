package org.storedb.feed;

import java.time.Duration;

/**
 * What happens when a listener throws: it gets the same transaction again after a pause that doubles each time, and in the
 * end nothing any more. Immutable.
 *
 * @param retries how often in a row before the subscription stops; default 10
 * @param firstPause before the first retry; default 100 ms. Pauses are exact to 50 ms
 * @param pauseMax the longest pause; default 10 s
 */
public record RetryPolicy(int retries, Duration firstPause, Duration pauseMax) {

    private static final RetryPolicy DEFAULTS = new RetryPolicy(10, Duration.ofMillis(100), Duration.ofSeconds(10));

    public RetryPolicy {
        if (retries < 0 || firstPause.isNegative() || pauseMax.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("Retries and pauses must not be negative, nor the longest pause shorter"
                    + " than the first: not " + retries + ", " + firstPause + " and " + pauseMax);
        }
    }

    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** The first exception stops the subscription. */
    public static RetryPolicy none() {
        return new RetryPolicy(0, DEFAULTS.firstPause, DEFAULTS.pauseMax);
    }

    /** The pause before a retry, the first of which is 1. */
    public Duration pauseBefore(int retry) {
        Duration pause = firstPause;
        for (int i = 1; i < retry && pause.compareTo(pauseMax) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(pauseMax) < 0 ? pause : pauseMax;
    }
}
