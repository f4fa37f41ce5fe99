package org.storedb.internal.recovery;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.FollowedLog;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageDirectory;

/**
 * Reads the states of a store that another process may be writing. A step is a recovery whose checkpoint is the
 * previous state: it replays what has been added to the log since, and results in the state after the last commit. Any
 * failure may be due to something in progress, so it only counts if it persists after several attempts.
 *
 * <p>A step takes effect with {@link #accept}; until then it can be abandoned. For one thread at a time.
 */
public final class StoreFollower implements Closeable {

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_NANOS = 500_000;

    private final StorageDirectory directory;
    private final Environment environment;
    private final @Nullable KeyRing keys;
    private final Consumer<StoreState> check;
    private final RecoveryProgress progress;
    private SpaceAccounting accounting = new SpaceAccounting();
    private @Nullable FollowedLog log;

    /**
     * Creates a follower that has read nothing yet.
     *
     * @param keys {@code null} for a store that is not encrypted
     * @param check receives the first state that was read, without indexes; throws if it must not be shown
     */
    public StoreFollower(
            StorageDirectory directory,
            Environment environment,
            @Nullable KeyRing keys,
            Consumer<StoreState> check,
            RecoveryProgress progress) {
        this.directory = directory;
        this.environment = environment;
        this.keys = keys;
        this.check = check;
        this.progress = progress;
    }

    /**
     * Reads the store as it is now, from a checkpoint if there is one.
     *
     * @throws java.nio.file.NoSuchFileException if there is no store, or a segment is missing
     * @throws CorruptStoreException if something that was durable is damaged
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    public FollowedState read() throws IOException {
        return Objects.requireNonNull(persistently(this::readAll));
    }

    /**
     * Reads what was added since {@code state}, the last accepted state with its indexes completed. If the log does not
     * continue it, everything is read again.
     *
     * @return {@code null} if nothing was added
     * @throws FollowedLog.OtherStoreException if it was replaced by another store
     * @throws CorruptStoreException if something that was durable is damaged
     */
    public @Nullable FollowedState next(StoreState state) throws IOException {
        FollowedLog known = log;
        if (known == null) {
            return read();
        }
        try {
            return persistently(() -> readOn(known, state));
        } catch (FollowedLog.OtherHistoryException e) {
            System.getLogger(StoreFollower.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The log in {0} is not the one that was followed: {1}. It is read from its start.",
                            directory.description(),
                            e.getMessage());
            return read();
        }
    }

    /** Makes a step take effect. */
    public void accept(FollowedState step) throws IOException {
        FollowedLog previous = log;
        log = step.log();
        if (step.whole()) {
            accounting = step.spaces();
        } else {
            step.spaces().spaces().forEach(accounting::add);
            accounting.retain(step.log().segmentIds());
        }
        if (previous != null) {
            previous.close(step.log());
        }
    }

    /** Abandons a step. */
    public void giveUp(FollowedState step) throws IOException {
        step.log().close(log);
    }

    /** Returns the figures of the log's bytes. */
    public SpaceAccounting accounting() {
        return accounting;
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close(null);
        }
    }

    private FollowedState readAll() throws IOException {
        RecoveryReader reader = new RecoveryReader(new CheckpointFile(directory, keys), check, progress);
        FollowedLog read = FollowedLog.read(directory, LogEncryption.with(keys), reader);
        ReplayedFrames frames = reader.frames();
        LogReplay replay = frames.replay();
        boolean checkpointUsed = reader.used() != null;
        return new FollowedState(
                read,
                replay.stateWithExpiries(read.segments()),
                replay.changes(read.segments()),
                replay.accounting(),
                true,
                frames.lastCommitMillis(),
                frames.latestMillis(),
                new FollowedState.Report(checkpointUsed, reader.reason(), frames.count(), frames.bytes()));
    }

    private @Nullable FollowedState readOn(FollowedLog known, StoreState state) throws IOException {
        LogReplay replay = LogReplay.behind(Checkpoint.of(state, known.mark(state.sequence()), List.of()));
        ReplayedFrames frames = new ReplayedFrames(replay);
        FollowedLog read = known.next(frames);
        if (read == null) {
            return null;
        }
        replay.removeGone(read.segmentIds());
        ChangedRecords changes = replay.changes(state.segments());
        return new FollowedState(
                read,
                replay.stateWithExpiries(read.segments()),
                changes,
                replay.accounting(),
                false,
                frames.lastCommitMillis(),
                frames.latestMillis(),
                new FollowedState.Report(false, "", frames.count(), 0));
    }

    private @Nullable FollowedState persistently(Attempt attempt) throws IOException {
        for (int count = 1; ; count++) {
            try {
                return attempt.run();
            } catch (FollowedLog.OtherStoreException | FollowedLog.OtherHistoryException e) {
                throw e;
            } catch (IOException | CorruptStoreException | MalformedBytesException e) {
                if (count == ATTEMPTS) {
                    throw e;
                }
                environment.rest(PAUSE_NANOS << count);
            }
        }
    }

    private interface Attempt {
        @Nullable
        FollowedState run() throws IOException;
    }
}
