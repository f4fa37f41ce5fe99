package org.storedb.internal.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.internal.backup.BackupManifest.BackedUpSegment;
import org.storedb.internal.backup.BackupManifest.Piece;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.UserFiles;
import org.storedb.internal.log.LogCut;
import org.storedb.internal.log.LogImage;
import org.storedb.internal.log.SegmentScanner;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.BackupReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * Takes backups of an open store. The log is cut between two commits; then its segments, which never change before the
 * cut, are copied while the store remains in use. Holding the cut keeps them readable when compaction deletes them. The
 * manifest comes last: without it there is no backup. Safe for use by many threads, each with its own directory.
 */
public final class BackupTaker {

    private static final int CHUNK_BYTES = 1 << 20;

    private final SegmentedLog log;
    private final LocalCommitPipeline pipeline;
    private final Environment environment;

    public BackupTaker(SegmentedLog log, LocalCommitPipeline pipeline, Environment environment) {
        this.log = log;
        this.pipeline = pipeline;
        this.environment = environment;
    }

    /**
     * Rejects a directory that has other files than those of backups. To be called before the directory is taken, which
     * would leave a lock file in it.
     */
    public static void requireBackupsOnly(Path directory) throws IOException {
        if (UserFiles.exists(directory)) {
            BackupSet.requireBackupsOnly(directory.toString(), UserFiles.names(directory));
        }
    }

    /**
     * Takes a backup.
     *
     * @param target held by the caller
     * @param closed whether the store is being closed, which ends the backup
     * @throws InvalidBackupException if the target contains other files
     * @throws CorruptStoreException if the log is damaged; no backup is made of it
     */
    public BackupReport take(StorageDirectory target, BackupMode mode, OperationMonitor monitor, BooleanSupplier closed)
            throws IOException {
        log.requireWritable();
        BackupSet set = BackupSet.in(target);
        BackupManifest latest = set.latest();
        requireSameStore(target, latest);
        set.deleteLeftovers();
        long takenAtMillis = environment.clock().millis();
        LogCut cut = pipeline.whileNoCommit(() -> log.cut(pipeline.state().sequence()));
        log.sync(); // A backup must not contain what the store itself could still lose.
        Run run = new Run(
                target,
                set.nextNumber(),
                cut,
                mode == BackupMode.FULL ? null : latest,
                new ProgressMeter("The backup", monitor, closed));
        try {
            return run.run(newId(), takenAtMillis).report();
        } catch (IOException | RuntimeException | Error e) {
            run.discard();
            throw e;
        }
    }

    private void requireSameStore(StorageDirectory target, @Nullable BackupManifest latest) {
        if (latest != null && !latest.image().storeId().equals(log.storeId())) {
            throw new InvalidBackupException("The backups in " + target.description() + " belong to store "
                    + latest.image().storeId() + ", not to store " + log.storeId() + "; use another directory");
        }
    }

    private UUID newId() {
        return new UUID(environment.random().nextLong(), environment.random().nextLong());
    }

    /** One backup in progress. */
    private static final class Run {

        private final StorageDirectory target;
        private final int number;
        private final LogCut cut;
        private final @Nullable BackupManifest parent;
        private final ProgressMeter meter;
        private final List<String> created = new ArrayList<>();

        Run(StorageDirectory target, int number, LogCut cut, @Nullable BackupManifest parent, ProgressMeter meter) {
            this.target = target;
            this.number = number;
            this.cut = cut;
            this.parent = parent;
            this.meter = meter;
        }

        BackupManifest run(UUID id, long takenAtMillis) throws IOException {
            meter.begin("copying the log", cut.bytes());
            List<BackedUpSegment> segments = new ArrayList<>();
            for (LogCut.Part part : cut.parts()) {
                segments.add(new BackedUpSegment(part.segment().id(), pieces(part)));
            }
            target.sync();
            boolean onTop = parent != null
                    && segments.stream()
                            .flatMap(segment -> segment.pieces().stream())
                            .anyMatch(piece -> piece.backup() != number);
            BackupManifest manifest = new BackupManifest(
                    number,
                    id,
                    onTop && parent != null ? parent.id() : null,
                    takenAtMillis,
                    LogImage.of(cut.manifest()),
                    segments);
            publish(BackupFormat.encode(manifest));
            return manifest;
        }

        /** Returns the parent's pieces of a segment, and a copy of the rest. */
        private List<Piece> pieces(LogCut.Part part) throws IOException {
            List<Piece> pieces = new ArrayList<>();
            LogImage.Entry before = entryOfParent(part);
            int copied = 0;
            if (before != null && before.equals(entryOf(part)) && areThere(part)) {
                meter.advance(part.bytes());
                return piecesOfParent(part);
            }
            SegmentScanner scanner = part.scanner(cut.storeId());
            if (before != null && before.bytes() < part.bytes() && areThere(part)) {
                scanner.scanTo(before.bytes(), frame -> {});
                if (scanner.validBytes() == before.bytes()
                        && scanner.lastFrameChecksum() == before.lastFrameChecksum()) {
                    pieces.addAll(piecesOfParent(part));
                    copied = before.bytes();
                    meter.advance(copied);
                }
            }
            requireSound(part, scanner);
            pieces.add(copy(part, copied));
            return pieces;
        }

        private static LogImage.Entry entryOf(LogCut.Part part) {
            return new LogImage.Entry(part.segment().id(), part.bytes(), part.lastFrameChecksum());
        }

        private LogImage.@Nullable Entry entryOfParent(LogCut.Part part) {
            return parent == null
                    ? null
                    : parent.image().segments().stream()
                            .filter(entry -> entry.id() == part.segment().id())
                            .findFirst()
                            .orElse(null);
        }

        private List<Piece> piecesOfParent(LogCut.Part part) {
            return parent == null
                    ? List.of()
                    : parent.pieces()
                            .filter(piece -> piece.segmentId() == part.segment().id())
                            .toList();
        }

        private boolean areThere(LogCut.Part part) throws IOException {
            List<String> names = target.list();
            for (Piece piece : piecesOfParent(part)) {
                if (!names.contains(piece.fileName())) {
                    return false;
                }
                try (StorageFile file = target.open(piece.fileName())) {
                    if (file.size() != piece.bytes()) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void requireSound(LogCut.Part part, SegmentScanner scanner) throws IOException {
            scanner.scanTo(part.bytes(), frame -> {});
            if (scanner.validBytes() != part.bytes() || scanner.lastFrameChecksum() != part.lastFrameChecksum()) {
                String name = part.segment().fileName();
                throw new CorruptStoreException(
                        name,
                        scanner.validBytes(),
                        "The file " + name + " is damaged at byte " + scanner.validBytes()
                                + ": it cannot be backed up; restore the store from the latest backup, or salvage it");
            }
        }

        private Piece copy(LogCut.Part part, int from) throws IOException {
            int segmentId = part.segment().id();
            String name = BackupFormat.pieceName(number, segmentId, from);
            CRC32C crc = new CRC32C();
            created.add(name);
            try (StorageFile file = target.create(name, 0)) {
                for (int position = from; position < part.bytes(); position += CHUNK_BYTES) {
                    byte[] chunk = part.segment().read(position, Math.min(CHUNK_BYTES, part.bytes() - position));
                    file.write(position - from, chunk, 0, chunk.length);
                    crc.update(chunk, 0, chunk.length);
                    meter.advance(chunk.length);
                }
                file.sync();
            }
            return new Piece(number, segmentId, from, part.bytes() - from, (int) crc.getValue());
        }

        private void publish(byte[] manifest) throws IOException {
            String newName = BackupFormat.newManifestName(number);
            created.add(newName);
            try (StorageFile file = target.create(newName, 0)) {
                file.write(0, manifest, 0, manifest.length);
                file.sync();
            }
            created.clear(); // From here on the backup may be complete: its files have to stay.
            target.rename(newName, BackupFormat.manifestName(number));
            target.sync();
        }

        /** Deletes what was copied, as far as possible; the next backup deletes the rest. */
        void discard() {
            for (String name : created) {
                try {
                    target.delete(name);
                } catch (IOException e) {
                    System.getLogger(BackupTaker.class.getName())
                            .log(System.Logger.Level.DEBUG, "Cannot delete " + name, e);
                }
            }
        }
    }
}
