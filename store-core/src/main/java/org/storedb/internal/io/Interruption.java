package org.storedb.internal.io;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the process by Ctrl-C, for instance. It is delayed until the running operation has noticed it and removed
 * what would be left unfinished. Safe for use by many threads.
 */
public final class Interruption {

    /** How long the process waits for an operation that does not look, such as the opening of a store. */
    private static final Duration UNNOTICED_MAX = Duration.ofSeconds(1);

    /** How long the process waits for an operation that removes what is unfinished. */
    private static final Duration REMOVAL_MAX = Duration.ofSeconds(30);

    private final CountDownLatch noticed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;

    /** Returns one that is requested when this process is to end, and delays its end. */
    public static Interruption ofProcess() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::request));
        return interruption;
    }

    /** Returns whether the running operation should end; the caller then ends it. */
    public boolean notice() {
        if (requested) {
            noticed.countDown();
        }
        return requested;
    }

    /** Asks the running operation to end, and waits until it has. */
    public void request() {
        requested = true;
        try {
            if (await(noticed, UNNOTICED_MAX)) {
                await(ended, REMOVAL_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The process ends at once.
        }
    }

    private static boolean await(CountDownLatch latch, Duration time) throws InterruptedException {
        return latch.await(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
    }

    /** Tells that nothing is running any more. */
    public void end() {
        ended.countDown();
        noticed.countDown();
    }
}
