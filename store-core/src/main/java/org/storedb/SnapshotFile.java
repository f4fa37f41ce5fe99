package org.storedb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.NewFile;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.snapshot.BinarySnapshotWriter;
import org.storedb.internal.snapshot.JsonSnapshotWriter;
import org.storedb.internal.snapshot.SnapshotReader;
import org.storedb.internal.snapshot.SnapshotSource;
import org.storedb.internal.snapshot.SnapshotTarget;
import org.storedb.internal.transaction.StateView;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SnapshotFileReport;
import org.storedb.storage.StorageDirectory;

/**
 * One file with everything that a store had at one moment, or with chosen collections of it: documents with their revisions,
 * definitions of indexes, expiry policies, entries of keyspaces, numbers that sequences have given out. Writing one keeps
 * no writer of the store waiting. For moving data, for looking at it and for keeping it; {@linkplain Store#backup(Path)
 * backups} are faster for large stores.
 *
 * <pre>{@code
 * SnapshotFile.at(Path.of("orders.snapshot")).write(store);
 * SnapshotFile.at(Path.of("orders.snapshot")).restore(Path.of("/var/lib/orders"), StoreOptions.defaults());
 * }</pre>
 *
 * <p>The file is not encrypted, also if the store is. Immutable; each {@code with} method returns a changed copy.
 */
public final class SnapshotFile {

    private static final int REPORT_EVERY = 10_000;

    private final SnapshotPlace place;
    private final Settings settings;

    private SnapshotFile(SnapshotPlace place, Settings settings) {
        this.place = place;
        this.settings = settings;
    }

    /**
     * A file of the file system. It is written as text if its name ends with {@code .json}, {@code .jsonl} or {@code
     * .ndjson}, which {@code .gz} may follow, and else in the compact form.
     */
    public static SnapshotFile at(Path file) {
        return new SnapshotFile(new SnapshotPlace.OfPath(file), new Settings());
    }

    /** A file in a directory of any kind, which is held by the caller, who also closes it. */
    public static SnapshotFile in(StorageDirectory directory, String name) {
        return new SnapshotFile(new SnapshotPlace.InDirectory(directory, name), new Settings());
    }

    /** In which form it is written, whatever its name; read is either. */
    public SnapshotFile withFormat(SnapshotFileFormat format) {
        return with(changed -> changed.format = format);
    }

    /** Writes these collections; without a choice of collections or keyspaces, everything is written. */
    public SnapshotFile withCollections(String... names) {
        return with(changed -> changed.collections = new LinkedHashSet<>(List.of(names)));
    }

    /** Writes these keyspaces; without a choice of collections or keyspaces, everything is written. */
    public SnapshotFile withKeyspaces(String... names) {
        return with(changed -> changed.keyspaces = new LinkedHashSet<>(List.of(names)));
    }

    /** Who is told how far an operation is, in documents and entries, and may end it. */
    public SnapshotFile withMonitor(OperationMonitor monitor) {
        return with(changed -> changed.monitor = monitor);
    }

    /**
     * Writes the file from what the store has now. It has its name, and takes the place of another one, when it is whole and
     * durable; otherwise nothing has changed.
     *
     * @throws IllegalArgumentException if one of the chosen collections or keyspaces is not there
     * @throws StoreIoException if the file cannot be written
     * @throws org.storedb.error.CorruptStoreException if a record of the store is damaged
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    public SnapshotFileReport write(Store store) {
        return write(store.snapshot());
    }

    /** Writes the file from what a snapshot has, as {@link #write(Store)} does. */
    public SnapshotFileReport write(Snapshot snapshot) {
        if (snapshot instanceof LocalSnapshot local && local.view() instanceof StateView view) {
            return write(local.engine(), view);
        }
        throw new IllegalArgumentException("Only snapshots of this library's stores are written, not " + snapshot);
    }

    SnapshotFileReport write(Engine engine, StateView view) {
        Environment environment = engine.environment();
        long startNanos = environment.nanoTicker().getAsLong();
        SnapshotSource source = new SnapshotSource(engine.catalog(), view, settings::includes);
        settings.requireAllIn(source.parts());
        ProgressMeter meter = meter("The writing of the snapshot file");
        meter.begin("writing " + place.name(), source.count());
        try (NewFile file = place.create(environment)) {
            SnapshotFileReport report = write(source, file, environment, meter).report(0, Duration.ZERO);
            engine.requireOpen();
            file.complete();
            return new SnapshotFileReport(
                    report.sequence(),
                    report.takenAt(),
                    report.collections(),
                    report.keyspaces(),
                    report.documents(),
                    report.entries(),
                    file.bytes(),
                    since(startNanos, environment));
        } catch (IOException e) {
            throw new StoreIoException(
                    "The snapshot file " + place.shown() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private SnapshotSummary write(SnapshotSource source, NewFile file, Environment environment, ProgressMeter meter)
            throws IOException {
        OutputStream output = place.isGzip() ? new GZIPOutputStream(file, 1 << 16) : file;
        SnapshotFileFormat format = settings.format == null ? place.format() : settings.format;
        long takenAtMillis = environment.clock().millis();
        SnapshotSummary summary;
        if (format == SnapshotFileFormat.JSON) {
            summary = new SnapshotSummary(new JsonSnapshotWriter(output));
            source.writeTo(summary, takenAtMillis, meter);
        } else {
            try (BinarySnapshotWriter writer =
                    new BinarySnapshotWriter(output, environment.random().nextLong())) {
                summary = new SnapshotSummary(writer);
                source.writeTo(summary, takenAtMillis, meter);
            }
        }
        if (output instanceof GZIPOutputStream compressed) {
            compressed.finish();
        }
        return summary;
    }

    /**
     * Reads the whole file, as loading it would.
     *
     * @throws SnapshotFileException if it is damaged, incomplete or something else
     * @throws org.storedb.error.UnsupportedFormatException if a newer release wrote it
     * @throws StoreIoException if it cannot be read
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    public SnapshotFileReport verify() {
        return new SnapshotRestore(this).verify();
    }

    /**
     * Loads the file into a store that is empty: that has no documents and no entries; nobody else may write to it
     * meanwhile. Documents get the revisions that they had. All of it is one transaction, so it is all there or nothing is,
     * also after a crash; empty collections and their indexes may be left.
     *
     * @throws SnapshotFileException if the file is not sound, or the store is not empty; nothing was loaded
     * @throws org.storedb.error.LimitExceededException if it is more than {@link StoreOptions#transactionBytesMax()};
     *     nothing was loaded. {@link #restore} has no such bound
     * @throws org.storedb.error.ReadOnlyException if the store was opened for reading only
     * @throws StoreIoException if the file cannot be read; nothing was loaded
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it; nothing was loaded
     */
    public SnapshotFileReport load(Store store) {
        if (!(store instanceof Session session)) {
            throw new IllegalArgumentException("Only stores of this library are loaded, not " + store);
        }
        session.requireWritable();
        return new SnapshotRestore(this).intoEmpty(session);
    }

    /**
     * Makes a store of the file: verifies it, then loads it in a directory beside the target, which it replaces when it is
     * complete and durable. Documents get the revisions that they had.
     *
     * @param target an empty directory, or none yet
     * @param options with which the store is made: its encryption, compression and limits count. It is closed afterwards
     * @throws SnapshotFileException if the file is not sound; nothing is there then
     * @throws org.storedb.error.InvalidBackupException if the target is not empty
     * @throws StoreIoException if a file cannot be read or written; nothing is there then
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it; nothing is there then
     */
    public SnapshotFileReport restore(Path target, StoreOptions options) {
        return new SnapshotRestore(this).intoNew(target, options);
    }

    /** Hands everything in the file on to a target; it is sound when this has returned. */
    void read(SnapshotTarget target) {
        try (InputStream content = place.open()) {
            SnapshotReader.read(place.shown(), content, target);
        } catch (ZipException | EOFException e) {
            throw new SnapshotFileException(
                    "The snapshot file " + place.shown() + " cannot be used, it cannot be decompressed: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new StoreIoException("The snapshot file " + place.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }

    ProgressMeter meter(String operation) {
        return new ProgressMeter(operation, settings.monitor, () -> false, REPORT_EVERY);
    }

    String name() {
        return place.name();
    }

    private static Duration since(long startNanos, Environment environment) {
        return Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
    }

    private SnapshotFile with(Consumer<Settings> change) {
        Settings changed = new Settings(settings);
        change.accept(changed);
        return new SnapshotFile(place, changed);
    }

    /** How a file is written and read. Changes only while a copy is made. */
    private static final class Settings {

        private @Nullable SnapshotFileFormat format;
        private @Nullable Set<String> collections;
        private @Nullable Set<String> keyspaces;
        private OperationMonitor monitor = OperationMonitor.none();

        Settings() {}

        Settings(Settings other) {
            format = other.format;
            collections = other.collections;
            keyspaces = other.keyspaces;
            monitor = other.monitor;
        }

        boolean includes(CatalogEntry entry) {
            Set<String> chosen = entry.kind() == Kind.COLLECTION ? collections : keyspaces;
            return chosen == null ? collections == null && keyspaces == null : chosen.contains(entry.name());
        }

        void requireAllIn(List<CatalogEntry> parts) {
            requireAll("collection", collections, Kind.COLLECTION, parts);
            requireAll("keyspace", keyspaces, Kind.KEYSPACE, parts);
        }

        private static void requireAll(String what, @Nullable Set<String> chosen, Kind kind, List<CatalogEntry> parts) {
            for (String name : chosen == null ? Set.<String>of() : chosen) {
                if (parts.stream()
                        .noneMatch(part -> part.kind() == kind && part.name().equals(name))) {
                    throw new IllegalArgumentException("There is no " + what + " '" + name + "' in the store");
                }
            }
        }
    }
}
