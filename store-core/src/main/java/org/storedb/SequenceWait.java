package org.storedb;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.storedb.internal.io.Environment;

/** Waits for a commit to be seen. */
final class SequenceWait {

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private SequenceWait() {}

    /**
     * Asks again and again for the last commit that can be seen.
     *
     * @return whether it was {@code sequence} or a later one before the time was over
     */
    static boolean await(LongSupplier latest, Environment environment, long sequence, Duration timeout) {
        long begin = environment.nanoTicker().getAsLong();
        while (latest.getAsLong() < sequence) {
            if (environment.nanoTicker().getAsLong() - begin >= timeout.toNanos()) {
                return false;
            }
            environment.pause(PAUSE_NANOS);
        }
        return true;
    }
}
