package org.storedb.migration;

import java.time.Duration;
import java.time.Instant;

/**
 * The record of a migration that ran, committed together with its changes.
 *
 * @param at when it ended, by the system clock
 * @param duration how long it took
 */
public record AppliedMigration(String version, String name, String checksum, Instant at, Duration duration) {

    String shown() {
        return "migration " + version + " (" + name + ")";
    }
}
