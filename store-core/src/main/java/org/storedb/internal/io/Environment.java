package org.storedb.internal.io;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the engine takes from outside besides files; tests hand in their own.
 *
 * @param clock the wall clock
 * @param nanoTicker a clock that only moves forward, in nanoseconds, for measuring time
 * @param random a source of chance; must be safe for use by many threads
 * @param tasks runs background work
 */
public record Environment(InstantSource clock, LongSupplier nanoTicker, RandomGenerator random, BackgroundTasks tasks) {

    /** The system's clock, a secure random generator, and daemon threads. */
    public static Environment system(String threadName) {
        return new Environment(
                InstantSource.system(), System::nanoTime, new SecureRandom(), new ThreadBackgroundTasks(threadName));
    }

    /** Lets the calling thread rest; an interrupt ends it early. */
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
