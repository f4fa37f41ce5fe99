package org.storedb.maintenance;

import java.time.Duration;
import java.time.Instant;

/**
 * The contents of a snapshot file.
 *
 * @param sequence the sequence of the last commit in it
 * @param takenAt when it was taken, by the system clock
 * @param collections number of collections
 * @param keyspaces number of keyspaces
 * @param documents number of documents
 * @param entries number of entries of keyspaces
 * @param bytes size of the file; 0 when it was read
 * @param duration how long it took to write, verify or load it
 */
public record SnapshotFileReport(
        long sequence,
        Instant takenAt,
        int collections,
        int keyspaces,
        long documents,
        long entries,
        long bytes,
        Duration duration) {}
