package org.storedb.internal.io;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.storedb.error.StoreLockedException;

/** Takes a directory when its holder releases it. */
public final class DirectoryTakeover {

    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 500_000_000;

    private DirectoryTakeover() {}

    /**
     * Takes a directory.
     *
     * @param timeout how long to wait for it; an interrupt also ends the wait
     * @throws StoreLockedException if it is still held at the end
     */
    public static FileSystemDirectory open(Path directory, Duration timeout, Environment environment)
            throws IOException {
        long startNanos = environment.nanoTicker().getAsLong();
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return FileSystemDirectory.open(directory);
            } catch (StoreLockedException e) {
                long left = TimeUnit.NANOSECONDS.convert(timeout)
                        - (environment.nanoTicker().getAsLong() - startNanos);
                if (left <= 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (pauseNanos == FIRST_PAUSE_NANOS) {
                    System.getLogger(DirectoryTakeover.class.getName())
                            .log(
                                    System.Logger.Level.INFO,
                                    "Waiting up to " + TimeUnit.NANOSECONDS.toMillis(left) + " ms: " + e.getMessage());
                }
                environment.pause(Math.min(left, pauseNanos));
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
        }
    }
}
