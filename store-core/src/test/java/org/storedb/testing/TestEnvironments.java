package org.storedb.testing;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.internal.io.Environment;

/** Environments that do the same on each run. */
public final class TestEnvironments {

    private static final long START_MILLIS = 1_790_000_000_000L;

    private TestEnvironments() {}

    /** A clock that stands still, chance from a seed, and background work that runs when the test says so. */
    public static Environment stepped(long seed, SteppedTasks tasks) {
        AtomicLong nanos = new AtomicLong();
        return new Environment(
                () -> Instant.ofEpochMilli(START_MILLIS), nanos::incrementAndGet, new Random(seed), tasks);
    }
}
