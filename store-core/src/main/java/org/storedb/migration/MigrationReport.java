package org.storedb.migration;

import java.time.Duration;
import java.util.List;

/**
 * The result of running migrations.
 *
 * @param applied the ones that were run by this call, in order
 * @param before how many had been run before
 * @param duration how long it took
 */
public record MigrationReport(List<AppliedMigration> applied, int before, Duration duration) {

    public MigrationReport {
        applied = List.copyOf(applied);
    }
}
