package org.storedb.internal.recovery;

import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.LogOpener;
import org.storedb.internal.log.LogSpace;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;

/**
 * The data that a store is opened from.
 *
 * @param log the log, ready for appending
 * @param state all records, also those that have expired; its indexes are as old as the checkpoint, or missing without
 *     one
 * @param accounting figures of the log's bytes
 * @param changes what has changed since the checkpoint, or {@code null} without one
 * @param mark what the checkpoint that was used covers, or {@code null} if none was
 * @param latestMillis the latest known time in the log, since 1970-01-01 UTC; 0 if there was none
 * @param checkpoints the file that checkpoints are written to
 * @param reason why no checkpoint was used; empty if one was
 * @param framesReplayed how many frames of the log were read
 * @param bytesReplayed length of these frames in bytes
 */
public record Recovery(
        SegmentedLog log,
        StoreState state,
        SpaceAccounting accounting,
        @Nullable ChangedRecords changes,
        @Nullable LogMark mark,
        long latestMillis,
        CheckpointFile checkpoints,
        String reason,
        long framesReplayed,
        long bytesReplayed) {

    /**
     * Opens the store in {@code directory}, or creates it.
     *
     * @param keys {@code null} for a store that is not encrypted
     * @param check receives what was read, without indexes, before anything is changed; throws if the store must not be
     *     opened
     * @throws org.storedb.error.WrongKeyException if it is not encrypted with these keys; nothing has been changed
     * @throws org.storedb.error.CorruptStoreException if something that was durable is damaged; nothing has been
     *     changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote it; nothing has been changed
     */
    public static Recovery run(
            StorageDirectory directory,
            Environment environment,
            @Nullable KeyRing keys,
            int segmentBytes,
            Consumer<StoreState> check,
            RecoveryProgress progress)
            throws IOException {
        try {
            return attempt(directory, environment, keys, segmentBytes, check, progress);
        } catch (StorageFullException e) {
            if (!LogSpace.releaseBallast(directory)) {
                throw e;
            }
            // May be repeated, whatever interrupted it.
            return attempt(directory, environment, keys, segmentBytes, check, progress);
        } catch (InternalError e) { // This is how the JVM reports, now or later, that mapped data is unreadable.
            throw new IOException("The files cannot be read, because the medium failed or has no space", e);
        }
    }

    private static Recovery attempt(
            StorageDirectory directory,
            Environment environment,
            @Nullable KeyRing keys,
            int segmentBytes,
            Consumer<StoreState> check,
            RecoveryProgress progress)
            throws IOException {
        CheckpointFile file = new CheckpointFile(directory, keys);
        RecoveryReader reader = new RecoveryReader(file, check, progress);
        LogOpener opener =
                new LogOpener(directory, environment.clock(), LogEncryption.with(keys), segmentBytes, reader);
        SegmentedLog log = opener.open(() -> newStoreId(environment));
        try {
            file.deleteUnfinished();
            if (reader.hasRejected()) {
                file.delete();
            }
            return recovery(log, reader, file);
        } catch (RuntimeException | Error e) {
            log.abandon(e);
            throw e;
        }
    }

    private static Recovery recovery(SegmentedLog log, RecoveryReader reader, CheckpointFile file) {
        ReplayedFrames frames = reader.frames();
        LogReplay replay = frames.replay();
        Checkpoint used = reader.used();
        return new Recovery(
                log,
                replay.stateWithExpiries(log.segments()),
                replay.accounting(),
                replay.changes(log.segments()),
                used == null ? null : used.mark(),
                frames.latestMillis(),
                file,
                reader.reason(),
                frames.count(),
                frames.bytes());
    }

    private static UUID newStoreId(Environment environment) {
        long version4 = (environment.random().nextLong() & ~0xF000L) | 0x4000L;
        long variant2 = (environment.random().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2);
    }
}
