package org.storedb.internal.io;

import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The external services of the engine besides files; tests supply their own.
 *
 * @param clock the wall clock
 * @param nanoTicker a monotonic clock, in nanoseconds, for measuring time
 * @param random a source of randomness; must be safe for use by many threads
 * @param tasks runs background work
 */
public record Environment(InstantSource clock, LongSupplier nanoTicker, RandomGenerator random, BackgroundTasks tasks) {

    private static final long RELEASE_NANOS = 200_000_000;

    /** Returns the system's clock, a secure random generator, and daemon threads. */
    public static Environment system(String threadName) {
        return new Environment(
                InstantSource.system(), System::nanoTime, new SystemRandom(), new ThreadBackgroundTasks(threadName));
    }

    /**
     * Returns the system's clock and a secure random generator, for an engine that does all its work in the calling
     * thread.
     */
    public static Environment withoutTasks() {
        return new Environment(InstantSource.system(), System::nanoTime, new SystemRandom(), new NoTasks());
    }

    /** Returns this environment with another clock. */
    public Environment withClock(InstantSource otherClock) {
        return new Environment(otherClock, nanoTicker, random, tasks);
    }

    /**
     * Makes the garbage collector free unused maps of deleted files: until then the file system does not reclaim their
     * space. Slow; to be called only when space is short.
     */
    public void releaseDeletedFiles() {
        System.gc();
        pause(RELEASE_NANOS);
    }

    /** Pauses the calling thread; an interrupt ends the pause early. */
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Pauses the calling thread for the whole time; an interrupt neither shortens it nor is lost. */
    public void rest(long nanos) {
        long startNanos = System.nanoTime();
        boolean interrupted = false;
        long left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted(); // Otherwise it would end the next one at once.
            left = nanos - (System.nanoTime() - startNanos);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
