package org.storedb.internal.backup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.internal.backup.BackupManifest.BackedUpSegment;
import org.storedb.internal.backup.BackupManifest.Piece;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.LogImage;
import org.storedb.internal.log.UnfinishedStore;
import org.storedb.maintenance.BackupReport;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** Reads the backups in a directory: lists them, verifies them, and restores stores from them. For one thread. */
public final class BackupRestorer {

    private static final int CHUNK_BYTES = 1 << 20;

    private final StorageDirectory source;
    private final BackupSet set;

    /**
     * Creates a reader of the backups in {@code source}, which the caller holds.
     *
     * @throws InvalidBackupException if there are other files in it
     */
    public BackupRestorer(StorageDirectory source) throws IOException {
        this.source = source;
        this.set = BackupSet.in(source);
    }

    /**
     * Returns all complete backups with sound manifests, the latest last.
     *
     * @param damaged receives the exception for each of the others
     */
    public List<BackupReport> list(Consumer<InvalidBackupException> damaged) throws IOException {
        List<BackupReport> reports = new ArrayList<>();
        for (int number : set.numbers()) {
            try {
                reports.add(set.read(number).report());
            } catch (InvalidBackupException e) {
                damaged.accept(e);
            }
        }
        return reports;
    }

    /** Returns the latest complete backup. */
    public Optional<BackupReport> latest() throws IOException {
        return Optional.ofNullable(set.latest()).map(BackupManifest::report);
    }

    /**
     * Reads all files of a backup, and all frames in them.
     *
     * @throws InvalidBackupException if something is missing or damaged
     */
    public BackupReport verify(int number, ProgressMeter meter) throws IOException {
        BackupManifest manifest = set.read(number);
        verify(manifest, meter);
        return manifest.report();
    }

    /**
     * Restores a store from a backup, after verifying all of it.
     *
     * @param target an empty directory that the caller holds
     * @throws InvalidBackupException if the backup is not sound, or the target is not empty; in the former case the
     *     target remains empty
     */
    public BackupReport restore(int number, StorageDirectory target, ProgressMeter meter) throws IOException {
        BackupManifest manifest = set.read(number);
        for (String name : target.list()) {
            if (!name.equals(FileSystemDirectory.LOCK_FILE_NAME)) {
                throw new InvalidBackupException(
                        target.description() + " is not empty, it has '" + name + "'; restore into an empty directory");
            }
        }
        verify(manifest, meter);
        UnfinishedStore.begin(target);
        try {
            copy(manifest, target, meter);
            manifest.image().publish(target);
            UnfinishedStore.end(target);
        } catch (IOException | RuntimeException | Error e) {
            discard(target);
            throw e;
        }
        return manifest.report();
    }

    private void verify(BackupManifest manifest, ProgressMeter meter) throws IOException {
        meter.begin("verifying the backup", manifest.report().bytes());
        for (int i = 0; i < manifest.segments().size(); i++) {
            BackedUpSegment segment = manifest.segments().get(i);
            LogImage.Entry entry = manifest.image().segments().get(i);
            try (PiecedFile file = open(segment)) {
                for (Piece piece : segment.pieces()) {
                    read(piece, file, (at, chunk) -> meter.advance(chunk.length));
                }
                manifest.image().verify(entry, file, frame -> {});
            } catch (CorruptStoreException e) {
                throw new InvalidBackupException(
                        "Backup " + manifest.number() + " in " + source.description() + " is damaged: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private void copy(BackupManifest manifest, StorageDirectory target, ProgressMeter meter) throws IOException {
        meter.begin("copying the backup", manifest.report().bytes());
        for (int i = 0; i < manifest.segments().size(); i++) {
            BackedUpSegment segment = manifest.segments().get(i);
            String name = manifest.image().segments().get(i).fileName();
            try (PiecedFile file = open(segment);
                    StorageFile copy = target.create(name, 0)) {
                for (Piece piece : segment.pieces()) {
                    read(piece, file, (at, chunk) -> {
                        copy.write(at, chunk, 0, chunk.length);
                        meter.advance(chunk.length);
                    });
                }
                copy.sync();
            }
        }
    }

    private PiecedFile open(BackedUpSegment segment) throws IOException {
        List<StorageFile> files = new ArrayList<>();
        try {
            for (Piece piece : segment.pieces()) {
                StorageFile file = source.open(piece.fileName());
                files.add(file);
                if (file.size() != piece.bytes()) {
                    throw new InvalidBackupException("The file " + piece.fileName() + " in " + source.description()
                            + " has " + file.size() + " bytes, not " + piece.bytes() + ": the backup cannot be used");
                }
            }
            return new PiecedFile(files);
        } catch (NoSuchFileException e) {
            closeAll(files);
            throw new InvalidBackupException(
                    "The file " + e.getFile() + " is missing from " + source.description()
                            + ": the backup cannot be used; an incremental backup needs the files of those before it",
                    e);
        } catch (IOException | RuntimeException | Error e) {
            closeAll(files);
            throw e;
        }
    }

    private static void closeAll(List<StorageFile> files) throws IOException {
        for (StorageFile file : files) {
            file.close();
        }
    }

    /** Reads a piece in chunks, and verifies its checksum. */
    private void read(Piece piece, StorageFile segment, ChunkAction action) throws IOException {
        CRC32C crc = new CRC32C();
        int end = piece.from() + piece.bytes();
        for (int position = piece.from(); position < end; position += CHUNK_BYTES) {
            byte[] chunk = new byte[Math.min(CHUNK_BYTES, end - position)];
            segment.read(position, chunk, 0, chunk.length);
            crc.update(chunk, 0, chunk.length);
            action.accept(position, chunk);
        }
        if ((int) crc.getValue() != piece.checksum()) {
            throw new InvalidBackupException("The file " + piece.fileName() + " in " + source.description()
                    + " does not match its checksum: the backup cannot be used");
        }
    }

    private static void discard(StorageDirectory target) {
        try {
            UnfinishedStore.discard(target);
        } catch (IOException e) {
            System.getLogger(BackupRestorer.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot clear " + target.description(), e);
        }
    }

    /** Receives a part of a segment that begins at {@code position}. */
    @FunctionalInterface
    private interface ChunkAction {
        void accept(int position, byte[] chunk) throws IOException;
    }
}
