package org.storedb.benchmark.repository;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.storedb.benchmark.workload.Clock;
import org.storedb.benchmark.workload.WarmUp;

/**
 * The measurements of one process.
 *
 * @param directory the directory of the application's files
 * @param customers the number of customers during reads
 * @param warmUpSeconds the maximum time to warm up a row
 * @param seconds the time to measure each row, and the minimum time to warm it up
 * @param clock the clock to measure by
 */
public record RepositorySettings(
        ApplicationKind application,
        Path directory,
        long customers,
        double warmUpSeconds,
        double seconds,
        Clock clock,
        Set<RepositoryRow> rows) {

    public RepositorySettings {
        if (customers < CustomerWrites.CHANGED) {
            throw new IllegalArgumentException(
                    "There must be at least %d customers, not %d".formatted(CustomerWrites.CHANGED, customers));
        }
    }

    WarmUp warmUp() {
        return new WarmUp(seconds, warmUpSeconds);
    }

    Duration time() {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    boolean wants(RepositoryRow row) {
        return rows.contains(row) && row.fits(application, clock);
    }
}
