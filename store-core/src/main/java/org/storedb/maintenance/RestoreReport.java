package org.storedb.maintenance;

import java.time.Duration;

/**
 * What a restore did.
 *
 * @param backup the backup that was restored
 * @param bytes bytes that were written
 * @param duration how long it took, including verification
 */
public record RestoreReport(BackupReport backup, long bytes, Duration duration) {}
