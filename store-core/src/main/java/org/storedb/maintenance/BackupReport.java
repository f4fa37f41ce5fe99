package org.storedb.maintenance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One complete backup of a store.
 *
 * @param number its number in its directory, from 1
 * @param id identifies it
 * @param parentId the backup that it is based on and shares files with, or {@code null} if it is independent
 * @param storeId the id of the store that was backed up
 * @param takenAt when it was begun: it contains what was committed before
 * @param sequence the last commit in it
 * @param segments number of log files that it consists of
 * @param bytes bytes of those files
 * @param bytesCopied bytes of those that were copied for it; the others are in files of earlier backups
 */
public record BackupReport(
        int number,
        UUID id,
        @Nullable UUID parentId,
        UUID storeId,
        Instant takenAt,
        long sequence,
        int segments,
        long bytes,
        long bytesCopied) {}
