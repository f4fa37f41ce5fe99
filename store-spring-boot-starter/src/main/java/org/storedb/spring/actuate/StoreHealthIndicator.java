package org.storedb.spring.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;
import org.storedb.maintenance.ScrubStatus;
import org.storedb.maintenance.StoreProblem;

/**
 * Health indicator that is down if the store is closed, accepts no more writes, or has damage detected by the
 * background reading of its log or by a verification; out of service while the store is full and accepts only deletes.
 */
public class StoreHealthIndicator extends AbstractHealthIndicator {

    private static final int PROBLEMS_SHOWN = 10;

    private final Store store;

    public StoreHealthIndicator(Store store) {
        super("Store health check failed");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (!store.isOpen()) {
            builder.down().withDetail("failure", "The store is closed");
            return;
        }
        StoreStats stats = store.stats();
        if (stats.failure() != null) {
            builder.down().withDetail("failure", stats.failure());
        } else if (stats.scrub().isDamaged()) {
            builder.down();
        } else if (stats.fullReason() != null) {
            builder.outOfService().withDetail("full", stats.fullReason());
        } else {
            builder.up();
        }
        String compactionFailure = StoreMetrics.compactionFailure(stats);
        if (compactionFailure != null) {
            builder.withDetail("compactionFailure", compactionFailure);
        }
        addDamage(builder, stats.scrub());
        addFigures(builder, stats);
    }

    private static void addDamage(Health.Builder builder, ScrubStatus scrub) {
        if (scrub.isDamaged()) {
            builder.withDetail("damages", scrub.problemCount())
                    .withDetail(
                            "damage",
                            scrub.problems().stream()
                                    .limit(PROBLEMS_SHOWN)
                                    .map(StoreProblem::description)
                                    .toList());
        }
    }

    private static void addFigures(Health.Builder builder, StoreStats stats) {
        long documents = stats.collections().stream()
                .mapToLong(CollectionStats::documents)
                .sum();
        builder.withDetail("directory", stats.directory() == null ? "in memory" : stats.directory())
                .withDetail("durability", stats.durability())
                .withDetail("sequence", stats.sequence())
                .withDetail("documents", documents)
                .withDetail("bytesOnDisk", stats.log().bytesOnDisk())
                .withDetail("liveBytes", stats.log().liveBytes());
    }
}
