package org.storedb.migration;

import java.time.Duration;
import java.time.Instant;

/**
 * The note that a migration ran, which was committed with what it changed.
 *
 * @param at when it ended, by the clock of the machine
 * @param duration how long it took
 */
public record AppliedMigration(String version, String name, String checksum, Instant at, Duration duration) {

    String shown() {
        return "migration " + version + " (" + name + ")";
    }
}
