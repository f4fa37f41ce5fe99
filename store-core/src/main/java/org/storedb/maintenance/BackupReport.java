package org.storedb.maintenance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One complete backup of a store.
 *
 * @param number its number in its directory, from 1 on
 * @param id identifies it
 * @param parentId the backup that it was made on top of and shares files with, or {@code null} if it stands alone
 * @param storeId the store that it is of
 * @param takenAt when it was begun: it has what was committed before
 * @param sequence the last commit in it
 * @param segments files of the log that it consists of
 * @param bytes bytes of these
 * @param bytesCopied bytes of these that were copied for it; the others are in files of earlier backups
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
