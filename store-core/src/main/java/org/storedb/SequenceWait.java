package org.storedb;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.storedb.internal.io.Environment;

/** Waits for a commit to be seen. */
final class SequenceWait {

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private SequenceWait() {}

    /**
     * Asks again and again for the last commit that can be seen. An interrupt does not end that, and is not lost.
     *
     * @return whether it was {@code sequence} or a later one before the time was over
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
