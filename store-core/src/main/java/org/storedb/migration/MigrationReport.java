package org.storedb.migration;

import java.time.Duration;
import java.util.List;

/**
 * What became of migrations.
 *
 * @param applied the ones that were run now, in order
 * @param before how many had been run before
 * @param duration how long it took
 */
public record MigrationReport(List<AppliedMigration> applied, int before, Duration duration) {

    public MigrationReport {
        applied = List.copyOf(applied);
    }
}
