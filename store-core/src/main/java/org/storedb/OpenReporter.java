package org.storedb;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reports the progress of opening a store: to the listener often, to the application's log now and then. */
final class OpenReporter {

    private static final long LISTENER_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LOG_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SLOW_MILLIS = 3000;

    private final String store;
    private final @Nullable OpenListener listener;
    private final LongSupplier nanoTicker;
    private final long startNanos;
    private OpenProgress.@Nullable Phase phase;
    private long listenedNanos;
    private long loggedNanos;

    OpenReporter(String store, @Nullable OpenListener listener, LongSupplier nanoTicker) {
        this.store = store;
        this.listener = listener;
        this.nanoTicker = nanoTicker;
        this.startNanos = nanoTicker.getAsLong();
        this.listenedNanos = startNanos;
        this.loggedNanos = startNanos;
    }

    void report(OpenProgress.Phase newPhase, long done, long total) {
        long now = nanoTicker.getAsLong();
        boolean tells = newPhase != phase || done == total || now - listenedNanos >= LISTENER_PAUSE_NANOS;
        phase = newPhase;
        if (listener != null && tells) {
            listenedNanos = now;
            listener.progressed(new OpenProgress(newPhase, done, total, Duration.ofNanos(now - startNanos)));
        }
        if (now - loggedNanos >= LOG_PAUSE_NANOS) {
            loggedNanos = now;
            logger().log(
                            System.Logger.Level.INFO,
                            "Still opening the store in {0} after {1} s: {2}, {3} of {4} done",
                            store,
                            Duration.ofNanos(now - startNanos).toSeconds(),
                            newPhase,
                            done,
                            total);
        }
    }

    /**
     * Logs an open that took long.
     *
     * @param reason why the log had to be read from its start, or empty
     * @return how long the open took
     */
    Duration finished(String reason, long framesReplayed, long bytesReplayed) {
        Duration duration = Duration.ofNanos(nanoTicker.getAsLong() - startNanos);
        if (duration.toMillis() >= SLOW_MILLIS) {
            logger().log(
                            System.Logger.Level.INFO,
                            "The store in {0} took {1} ms to open: {2} commits in {3} bytes of the log were read, {4}",
                            store,
                            duration.toMillis(),
                            framesReplayed,
                            bytesReplayed,
                            reason.isEmpty() ? "which the checkpoint did not cover" : "because " + reason);
        }
        return duration;
    }

    private static System.Logger logger() {
        return System.getLogger(OpenReporter.class.getName());
    }
}
