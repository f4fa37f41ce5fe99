package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.crypto.EncryptedFileReader;
import org.storedb.internal.crypto.EncryptedFileWriter;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/**
 * The checkpoint in the directory of a store. There is at most one, which the next one replaces once that is durable.
 * Nothing here prevents a store from being opened.
 */
public final class CheckpointFile {

    public static final String NAME = "checkpoint";
    static final String NEW_NAME = "checkpoint.new";

    private final StorageDirectory directory;
    private final @Nullable KeyRing keys;

    /**
     * Creates the checkpoint file of a store.
     *
     * @param keys {@code null} for a store that is not encrypted
     */
    public CheckpointFile(StorageDirectory directory, @Nullable KeyRing keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /**
     * Reads the checkpoint of a store.
     *
     * @param progress receives how many bytes have been read, and how many there are
     */
    public Loaded load(UUID storeId, Progress progress) {
        try (StorageFile file = directory.open(NAME)) {
            long size = file.size();
            LongConsumer read = bytes -> progress.report(bytes, size);
            return new Loaded(CheckpointReader.read(source(file, storeId), storeId, read), true, "");
        } catch (NoSuchFileException e) {
            return new Loaded(null, false, "there is no checkpoint");
        } catch (MalformedBytesException | CorruptStoreException | WrongKeyException e) {
            return new Loaded(null, true, "the checkpoint is not usable: " + e.getMessage());
        } catch (IOException e) {
            return new Loaded(null, true, "the checkpoint cannot be read: " + e);
        }
    }

    /**
     * Writes a checkpoint beside the current one, durably.
     *
     * @param room is asked before each write
     */
    long prepare(Checkpoint checkpoint, CheckpointWriter.Pace pace, Room room) throws IOException {
        delete(NEW_NAME);
        try (StorageFile file = directory.create(NEW_NAME, 0)) {
            write(checkpoint, file, pace, room);
            file.sync();
            return file.size();
        }
    }

    private void write(Checkpoint checkpoint, StorageFile file, CheckpointWriter.Pace pace, Room room)
            throws IOException {
        if (keys == null) {
            ChunkOutput.Target plain = (position, bytes, length) -> file.write(position, bytes, 0, length);
            CheckpointWriter.write(checkpoint, asking(room, plain), pace);
            return;
        }
        EncryptedFileWriter encrypted =
                new EncryptedFileWriter(file, keys, purpose(checkpoint.mark().storeId()));
        ChunkOutput.Target target = (position, bytes, length) -> encrypted.write(bytes, 0, length);
        CheckpointWriter.write(checkpoint, asking(room, target), pace);
        encrypted.finish();
    }

    private static ChunkOutput.Target asking(Room room, ChunkOutput.Target target) {
        return (position, bytes, length) -> {
            room.require(length);
            target.write(position, bytes, length);
        };
    }

    private ChunkInput.Source source(StorageFile file, UUID storeId) throws IOException {
        if (keys == null) {
            return new PlainSource(file);
        }
        if (!EncryptedFileReader.isEncrypted(file)) {
            throw new MalformedBytesException("it is not encrypted, but the store is");
        }
        return new EncryptedSource(new EncryptedFileReader(file, NAME, keys, purpose(storeId)));
    }

    private static String purpose(UUID storeId) {
        return "checkpoint " + storeId;
    }

    /** Puts the prepared checkpoint in place; its directory entry is not durable yet. */
    void publish() throws IOException {
        directory.rename(NEW_NAME, NAME);
    }

    /** Removes what an interrupted {@link #prepare} has left behind. */
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
                    .log(System.Logger.Level.WARNING, "Cannot delete " + name + ", which is no longer needed", e);
        }
    }

    private void delete(String name) throws IOException {
        if (directory.list().contains(name)) {
            directory.delete(name);
        }
    }

    /**
     * The result of loading.
     *
     * @param checkpoint what was read, or {@code null}
     * @param exists whether the file exists
     * @param reason why there is no usable checkpoint
     */
    public record Loaded(@Nullable Checkpoint checkpoint, boolean exists, String reason) {}

    /** Decides whether there is room for a write. */
    @FunctionalInterface
    interface Room {
        void require(int bytes) throws StorageFullException;
    }

    /** Receives the progress of the reading. */
    @FunctionalInterface
    public interface Progress {
        void report(long bytesDone, long bytesTotal);
    }

    private record PlainSource(StorageFile file) implements ChunkInput.Source {

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void read(long position, byte[] target, int length) throws IOException {
            file.read(position, target, 0, length);
        }
    }

    private record EncryptedSource(EncryptedFileReader reader) implements ChunkInput.Source {

        @Override
        public long size() {
            return reader.size();
        }

        @Override
        public void read(long position, byte[] target, int length) throws IOException {
            reader.read(position, target, 0, length);
        }
    }
}
