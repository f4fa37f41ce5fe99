package org.storedb.internal.io;

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

    private static final long RELEASE_NANOS = 200_000_000;

    /** The system's clock, a secure random generator, and daemon threads. */
    public static Environment system(String threadName) {
        return new Environment(
                InstantSource.system(), System::nanoTime, new SystemRandom(), new ThreadBackgroundTasks(threadName));
    }

    /** The system's clock and a secure random generator, for what does all its work in the calling thread. */
    public static Environment withoutTasks() {
        return new Environment(InstantSource.system(), System::nanoTime, new SystemRandom(), new NoTasks());
    }

    /** The same with another clock. */
    public Environment withClock(InstantSource otherClock) {
        return new Environment(otherClock, nanoTicker, random, tasks);
    }

    /**
     * Has the garbage collector free maps of deleted files that nobody reads any more: until then the file system does not
     * give their space back. Takes its time; to be called when space is short only.
     */
    public void releaseDeletedFiles() {
        System.gc();
        pause(RELEASE_NANOS);
    }

    /** Lets the calling thread rest; an interrupt ends it early. */
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Lets the calling thread rest for all of the time; an interrupt does not shorten that, and is not lost. */
    public void rest(long nanos) {
        long startNanos = System.nanoTime();
        boolean interrupted = false;
        long left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted(); // Else it would end the next one at once.
            left = nanos - (System.nanoTime() - startNanos);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
