package org.storedb;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.storedb.internal.io.Environment;

/** Waits for a commit to become visible. */
final class SequenceWait {

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private SequenceWait() {}

    /**
     * Polls for the last visible commit. An interrupt does not end the wait, but is preserved.
     *
     * @return whether {@code sequence} or a later commit became visible in time
     */
    static boolean await(LongSupplier latest, Environment environment, long sequence, Duration timeout) {
        long nanosMost = TimeUnit.NANOSECONDS.convert(timeout);
        long begin = environment.nanoTicker().getAsLong();
        while (latest.getAsLong() < sequence) {
            if (environment.nanoTicker().getAsLong() - begin >= nanosMost) {
                return false;
            }
            environment.rest(PAUSE_NANOS);
        }
        return true;
    }
}
