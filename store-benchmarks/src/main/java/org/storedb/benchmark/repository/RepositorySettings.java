package org.storedb.benchmark.repository;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.storedb.benchmark.workload.Clock;
import org.storedb.benchmark.workload.WarmUp;

/**
 * What one process is to measure.
 *
 * @param directory where the application's files are
 * @param customers how many it has while it is read
 * @param warmUpSeconds how long a row is warmed up at the most
 * @param seconds how long each row is measured, after at least as long to warm up
 * @param clock by which
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
