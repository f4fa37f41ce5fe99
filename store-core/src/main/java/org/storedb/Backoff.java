package org.storedb;

import org.storedb.internal.io.Environment;

/** Waits before a transaction is retried: for a random time, up to a bound that doubles with each attempt. */
final class Backoff {

    private static final long FIRST_NANOS_MAX = 20_000;
    private static final long NANOS_MAX = 20_000_000;

    private final Environment environment;

    Backoff(Environment environment) {
        this.environment = environment;
    }

    /** Waits after the given failed attempt; the first one is 1. */
    void pause(int failedAttempt) {
        long bound = Math.min(NANOS_MAX, FIRST_NANOS_MAX << Math.min(failedAttempt, 10));
        environment.pause(environment.random().nextLong(bound));
    }
}
