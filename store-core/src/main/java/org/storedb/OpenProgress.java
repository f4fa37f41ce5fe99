package org.storedb;

import java.time.Duration;

/**
 * How far the opening of a store is.
 *
 * @param phase what is being done; each is left out if there is nothing to do
 * @param done how much of it is done: documents while indexes are built, otherwise bytes
 * @param total how much there is to do, about; for indexes in the collection at hand
 * @param elapsed since opening began
 */
public record OpenProgress(Phase phase, long done, long total, Duration elapsed) {

    /** What is being done, in this order. Reading the log may begin once more, if a checkpoint turns out to be no good. */
    public enum Phase {
        LOADING_CHECKPOINT,
        REPLAYING_LOG,
        BUILDING_INDEXES
    }
}
