package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * The checkpoint in the directory of a store. There is one at most; the next one takes its place when it is durable.
 * Nothing here is a reason not to open a store.
 */
public final class CheckpointFile {

    public static final String NAME = "checkpoint";
    static final String NEW_NAME = "checkpoint.new";

    private final StorageDirectory directory;

    public CheckpointFile(StorageDirectory directory) {
        this.directory = directory;
    }

    /**
     * Reads the checkpoint of a store.
     *
     * @param progress is told how many bytes have been read, and how many there are
     */
    public Loaded load(UUID storeId, Progress progress) {
        try (StorageFile file = directory.open(NAME)) {
            long size = file.size();
            LongConsumer read = bytes -> progress.report(bytes, size);
            return new Loaded(CheckpointReader.read(file, storeId, read), true, "");
        } catch (NoSuchFileException e) {
            return new Loaded(null, false, "there is no checkpoint");
        } catch (MalformedBytesException e) {
            return new Loaded(null, true, "the checkpoint is not usable: " + e.getMessage());
        } catch (IOException e) {
            return new Loaded(null, true, "the checkpoint cannot be read: " + e);
        }
    }

    /** Writes a checkpoint beside the one that counts, durably. */
    long prepare(Checkpoint checkpoint, CheckpointWriter.Pace pace) throws IOException {
        delete(NEW_NAME);
        try (StorageFile file = directory.create(NEW_NAME, 0)) {
            long bytes = CheckpointWriter.write(checkpoint, file, pace);
            file.sync();
            return bytes;
        }
    }

    /** Puts the prepared checkpoint in place. */
    void publish() throws IOException {
        directory.rename(NEW_NAME, NAME);
        directory.sync();
    }

    /** Removes what {@link #prepare} has left behind when it was cut short. */
    public void deleteUnfinished() {
        deleteQuietly(NEW_NAME);
    }

    /** Removes the checkpoint itself. */
    public void delete() {
        deleteQuietly(NAME);
    }

    private void deleteQuietly(String name) {
        try {
            delete(name);
        } catch (IOException e) {
            System.getLogger(CheckpointFile.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + name + "; it is of no use any more", e);
        }
    }

    private void delete(String name) throws IOException {
        if (directory.list().contains(name)) {
            directory.delete(name);
        }
    }

    /**
     * What there was.
     *
     * @param checkpoint what was read, or {@code null}
     * @param exists whether there is a file
     * @param reason why there is no checkpoint to use
     */
    public record Loaded(@Nullable Checkpoint checkpoint, boolean exists, String reason) {}

    /** Is told how far the reading is. */
    @FunctionalInterface
    public interface Progress {
        void report(long bytesDone, long bytesTotal);
    }
}
