package org.storedb;

import java.time.Duration;

/**
 * The progress of opening a store.
 *
 * @param phase the current phase; a phase with nothing to do is skipped
 * @param done how much of it is done: documents while indexes are built, otherwise bytes
 * @param total approximately how much there is to do; for indexes, in the current collection
 * @param elapsed time since opening began
 */
public record OpenProgress(Phase phase, long done, long total, Duration elapsed) {

    /** The phases, in this order. Reading the log may start again if a checkpoint turns out to be unusable. */
    public enum Phase {
        LOADING_CHECKPOINT,
        REPLAYING_LOG,
        BUILDING_INDEXES
    }
}
