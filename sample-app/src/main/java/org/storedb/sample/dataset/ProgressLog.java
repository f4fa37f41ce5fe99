package org.storedb.sample.dataset;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log of the progress of an import, about once a second. */
class ProgressLog {

    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final long first;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long reportNanos = startNanos;

    /**
     * Starts the log.
     *
     * @param first the number of places that existed when the import began
     * @param total the number of places when it is complete
     */
    ProgressLog(long first, long total) {
        this.first = first;
        this.total = total;
    }

    void at(long places) {
        long now = System.nanoTime();
        if (now - reportNanos >= INTERVAL_NANOS) {
            reportNanos = now;
            log.info(String.format(
                    Locale.ROOT,
                    "Importing places: %3d %% (%,d of %,d), %,.0f places/s",
                    100 * places / total,
                    places,
                    total,
                    placesPerSecond(places)));
        }
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private double placesPerSecond(long places) {
        return (places - first) / seconds();
    }
}
