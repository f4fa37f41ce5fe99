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
import org.storedb.internal.io.StorageErrors;
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
 * One file with the whole contents of a store at one moment, or chosen collections of it: documents with their
 * revisions, index definitions, expiry policies, entries of keyspaces, and the last numbers of sequences. Keyspaces
 * named {@code storedb.…}, in which modules of this library record what they know about the store, are written only if
 * they are chosen. Writing a file does not block writers of the store. It serves to move, inspect and archive data;
 * {@linkplain Store#backup(Path) backups} are faster for large stores.
 *
 * <pre>{@code
 * SnapshotFile.at(Path.of("orders.snapshot")).write(store);
 * SnapshotFile.at(Path.of("orders.snapshot")).restore(Path.of("/var/lib/orders"), StoreOptions.defaults());
 * }</pre>
 *
 * <p>The file is not encrypted, even if the store is. Immutable; each {@code with} method returns a changed copy.
 */
public final class SnapshotFile {

    private static final int REPORT_EVERY = 10_000;

    private final SnapshotLocation location;
    private final Settings settings;

    private SnapshotFile(SnapshotLocation location, Settings settings) {
        this.location = location;
        this.settings = settings;
    }

    /**
     * Returns a file of the file system. It is written as text if its name ends with {@code .json}, {@code .jsonl} or
     * {@code .ndjson}, optionally followed by {@code .gz}, and otherwise in the compact format.
     */
    public static SnapshotFile at(Path file) {
        return new SnapshotFile(new SnapshotLocation.OfPath(file), new Settings());
    }

    /** Returns a file in a directory of any kind, which is held by the caller, who also closes it. */
    public static SnapshotFile in(StorageDirectory directory, String name) {
        return new SnapshotFile(new SnapshotLocation.InDirectory(directory, name), new Settings());
    }

    /** Sets the format in which it is written, whatever its name. Either format can be read. */
    public SnapshotFile withFormat(SnapshotFileFormat format) {
        return with(changed -> changed.format = format);
    }

    /** Sets the collections to write; without a choice of collections or keyspaces, everything is written. */
    public SnapshotFile withCollections(String... names) {
        return with(changed -> changed.collections = new LinkedHashSet<>(List.of(names)));
    }

    /** Sets the keyspaces to write; without a choice of collections or keyspaces, everything is written. */
    public SnapshotFile withKeyspaces(String... names) {
        return with(changed -> changed.keyspaces = new LinkedHashSet<>(List.of(names)));
    }

    /** Sets the monitor that receives the progress of operations, in documents and entries, and may cancel them. */
    public SnapshotFile withMonitor(OperationMonitor monitor) {
        return with(changed -> changed.monitor = monitor);
    }

    /**
     * Makes writing fail if a file of this name exists, even one that is created meanwhile; by default it is replaced.
     */
    public SnapshotFile withoutReplacing() {
        return with(changed -> changed.replaces = false);
    }

    /**
     * Writes the file from the current state of the store. It gets its name, by default replacing any existing file,
     * only when it is complete and durable; otherwise nothing is changed.
     *
     * @throws IllegalArgumentException if one of the chosen collections or keyspaces does not exist
     * @throws StoreIoException if the file cannot be written
     * @throws org.storedb.error.CorruptStoreException if a record of the store is damaged
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public SnapshotFileReport write(Store store) {
        return write(store.snapshot());
    }

    /** Writes the file from a snapshot, as {@link #write(Store)} does. */
    public SnapshotFileReport write(Snapshot snapshot) {
        if (snapshot instanceof LocalSnapshot local && local.view() instanceof StateView view) {
            return write(local.engine(), view);
        }
        throw new IllegalArgumentException(
                "Only a snapshot of a store of this library can be written, not " + snapshot);
    }

    SnapshotFileReport write(Engine engine, StateView view) {
        Environment environment = engine.environment();
        long startNanos = environment.nanoTicker().getAsLong();
        SnapshotSource source = new SnapshotSource(engine.catalog(), view, settings::includes);
        settings.requireAllIn(source.parts());
        ProgressMeter meter = meter("Writing the snapshot file");
        meter.begin("writing " + location.name(), source.count());
        try (NewFile file = location.create(environment)) {
            SnapshotFileReport report = write(source, file, environment, meter).report(0, Duration.ZERO);
            engine.requireOpen();
            if (settings.replaces) {
                file.complete();
            } else {
                file.completeWithoutReplacing();
            }
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
                    "The snapshot file " + location.shown() + " cannot be written: " + StorageErrors.reason(e), e);
        }
    }

    private SnapshotSummary write(SnapshotSource source, NewFile file, Environment environment, ProgressMeter meter)
            throws IOException {
        OutputStream output = location.isGzip() ? new GZIPOutputStream(file, 1 << 16) : file;
        SnapshotFileFormat format = settings.format == null ? location.format() : settings.format;
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
     * @throws SnapshotFileException if it is damaged, incomplete or not a snapshot file
     * @throws org.storedb.error.UnsupportedFormatException if a newer release wrote it
     * @throws StoreIoException if it cannot be read
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public SnapshotFileReport verify() {
        return new SnapshotRestore(this).verify();
    }

    /**
     * Loads the file into an empty store: one that has no documents, and no entries except in keyspaces named
     * {@code storedb.…}, such as those of text indexes; nobody else may write to it meanwhile. Documents keep their
     * revisions. Everything is loaded in one transaction, so all of it is there or nothing, even after a crash; empty
     * collections and their indexes may remain.
     *
     * @throws SnapshotFileException if the file is not sound, or the store is not empty; nothing was loaded
     * @throws org.storedb.error.LimitExceededException if it is larger than {@link StoreOptions#transactionBytesMax()};
     *     nothing was loaded. {@link #restore} has no such limit
     * @throws org.storedb.error.ReadOnlyException if the store was opened for reading only
     * @throws StoreIoException if the file cannot be read; nothing was loaded
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; nothing was loaded
     */
    public SnapshotFileReport load(Store store) {
        if (!(store instanceof Session session)) {
            throw new IllegalArgumentException(
                    "A snapshot file can only be loaded into a store of this library, not " + store);
        }
        session.requireWritable();
        return new SnapshotRestore(this).intoEmpty(session);
    }

    /**
     * Creates a store from the file: verifies it, then loads it in a directory next to the target, which replaces the
     * target once it is complete and durable. Documents keep their revisions.
     *
     * @param target an empty directory, or one that does not exist yet
     * @param options for creating the store: their encryption, compression and limits apply. The store is closed
     *     afterwards
     * @throws SnapshotFileException if the file is not sound; nothing is created
     * @throws org.storedb.error.InvalidBackupException if the target is not empty
     * @throws StoreIoException if a file cannot be read or written; nothing is created
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; nothing is created
     */
    public SnapshotFileReport restore(Path target, StoreOptions options) {
        return new SnapshotRestore(this).intoNew(target, options);
    }

    /** Passes everything in the file to a target; if this returns, the file is sound. */
    void read(SnapshotTarget target) {
        try (InputStream content = location.open()) {
            SnapshotReader.read(location.shown(), content, target);
        } catch (ZipException | EOFException e) {
            throw new SnapshotFileException(
                    "The snapshot file " + location.shown() + " cannot be decompressed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreIoException(
                    "The snapshot file " + location.shown() + " cannot be read: " + StorageErrors.reason(e), e);
        }
    }

    ProgressMeter meter(String operation) {
        return new ProgressMeter(operation, settings.monitor, () -> false, REPORT_EVERY);
    }

    String name() {
        return location.name();
    }

    private static Duration since(long startNanos, Environment environment) {
        return Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
    }

    private SnapshotFile with(Consumer<Settings> change) {
        Settings changed = new Settings(settings);
        change.accept(changed);
        return new SnapshotFile(location, changed);
    }

    /** The settings for writing and reading a file. They change only while a copy is being made. */
    private static final class Settings {

        private @Nullable SnapshotFileFormat format;
        private @Nullable Set<String> collections;
        private @Nullable Set<String> keyspaces;
        private OperationMonitor monitor = OperationMonitor.none();
        private boolean replaces = true;

        Settings() {}

        Settings(Settings other) {
            format = other.format;
            collections = other.collections;
            keyspaces = other.keyspaces;
            monitor = other.monitor;
            replaces = other.replaces;
        }

        boolean includes(CatalogEntry entry) {
            Set<String> chosen = entry.kind() == Kind.COLLECTION ? collections : keyspaces;
            boolean all = collections == null && keyspaces == null;
            return chosen == null ? all && entry.isContent() : chosen.contains(entry.name());
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
