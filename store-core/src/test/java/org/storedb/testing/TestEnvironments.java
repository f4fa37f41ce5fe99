package org.storedb.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.internal.io.Environment;

/** Environments that do the same on each run. */
public final class TestEnvironments {

    private static final long START_MILLIS = 1_790_000_000_000L;
    private static final long JUMP_MAX_MILLIS = 20L * 365 * 24 * 60 * 60 * 1000;

    private TestEnvironments() {}

    /** A clock that stands still, chance from a seed, and background work that runs when the test says so. */
    public static Environment stepped(long seed, SteppedTasks tasks) {
        return stepped(seed, tasks, () -> Instant.ofEpochMilli(START_MILLIS));
    }

    /** The same with another wall clock. */
    public static Environment stepped(long seed, SteppedTasks tasks, InstantSource clock) {
        AtomicLong nanos = new AtomicLong();
        return new Environment(clock, nanos::incrementAndGet, new Random(seed), tasks);
    }

    /** A wall clock that is set back or forward, by up to 20 years, every few times that it is read. */
    public static InstantSource jumpingClock(long seed) {
        Random random = new Random(seed);
        AtomicLong millis = new AtomicLong(START_MILLIS);
        return () -> {
            long step = random.nextInt(3) == 0 ? random.nextLong() % JUMP_MAX_MILLIS : random.nextInt(100);
            long now = millis.addAndGet(step);
            if (Math.abs(now - START_MILLIS) > JUMP_MAX_MILLIS) {
                millis.set(START_MILLIS);
            }
            return Instant.ofEpochMilli(now);
        };
    }
}
