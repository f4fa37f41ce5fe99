package org.storedb.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.storedb.Store;
import org.storedb.document.DocumentCodec;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.io.UserFiles;
import org.storedb.internal.json.JsonArraySource;
import org.storedb.internal.json.JsonDocumentSource;
import org.storedb.internal.json.JsonLinesSource;
import org.storedb.maintenance.ImportReport;
import org.storedb.maintenance.OperationMonitor;

/**
 * Reads documents into a collection: from a file with one per line, an array of them, or a folder with a file for each.
 * The text is read as a stream; only one batch of documents is held in memory, however many there are.
 *
 * <pre>{@code
 * ImportReport report = JsonImport.into(store, "places")
 *         .withDuplicates(DuplicatePolicy.SKIP)
 *         .withRejectionsMax(100)
 *         .from(Path.of("places.jsonl.gz"));
 * }</pre>
 *
 * <p>Each batch is a transaction. If an import ends early, by an exception or with its process, the batches it has
 * committed are kept. Documents with ids can then be imported again with {@link DuplicatePolicy#SKIP}.
 *
 * <p>What can be stored is stored as written: whole numbers of any size; other numbers as the {@code double} whose
 * shortest text is the same number, or as decimals if there is none, {@code -0} included. Anything else is rejected: an
 * object that has a field twice, half of a surrogate pair, numbers and nesting beyond the bounds of documents.
 *
 * <p>Immutable; each {@code with} method returns a changed copy.
 */
public final class JsonImport {

    private final Store store;
    private final String collection;
    private final ImportSettings settings;

    private JsonImport(Store store, String collection, ImportSettings settings) {
        this.store = store;
        this.collection = collection;
        this.settings = settings;
    }

    /** Returns an import into a collection, which is created if it does not exist. */
    public static JsonImport into(Store store, String collection) {
        return new JsonImport(store, collection, new ImportSettings());
    }

    /** Sets what to do with documents whose ids already exist; default {@link DuplicatePolicy#REJECT}. */
    public JsonImport withDuplicates(DuplicatePolicy duplicates) {
        return with(changed -> changed.duplicates = duplicates);
    }

    /** Sets how objects such as <code>{"$binary": …}</code> are interpreted; default {@link JsonTypes#EXACT}. */
    public JsonImport withTypes(JsonTypes types) {
        return with(changed -> changed.types = types);
    }

    /**
     * Sets the top-level field that a document's id is taken from; default {@code id}. The field is kept, and the field
     * {@code id} gets the same value. A document that has both, with different values, is rejected.
     */
    public JsonImport withIdField(String idField) {
        return with(changed -> changed.idField = idField);
    }

    /** Sets whether documents without an id are rejected; by default they get one. */
    public JsonImport withIdsRequired(boolean idsRequired) {
        return with(changed -> changed.idsRequired = idsRequired);
    }

    /**
     * Sets the number of documents per transaction, 1 to 100,000; default 1,000. Large documents are written in smaller
     * batches.
     */
    public JsonImport withBatchDocuments(int batchDocuments) {
        requireBetween("batchDocuments", batchDocuments, 1, 100_000);
        return with(changed -> changed.batchDocuments = batchDocuments);
    }

    /**
     * Sets how many documents may be rejected before the import ends with an
     * {@link org.storedb.error.ImportFailedException}; default 0. With {@link Long#MAX_VALUE} it never does.
     */
    public JsonImport withRejectionsMax(long rejectionsMax) {
        requireBetween("rejectionsMax", rejectionsMax, 0, Long.MAX_VALUE);
        return with(changed -> changed.rejectionsMax = rejectionsMax);
    }

    /** Sets the maximum bytes of one document's text, for lines and single files, 1 KiB to 1 GiB; default 64 MiB. */
    public JsonImport withDocumentTextBytesMax(int documentTextBytesMax) {
        requireBetween("documentTextBytesMax", documentTextBytesMax, 1 << 10, 1 << 30);
        return with(changed -> changed.documentTextBytesMax = documentTextBytesMax);
    }

    /**
     * Sets the monitor that receives the progress of the import, in bytes of the file, and may cancel it between two
     * batches.
     */
    public JsonImport withMonitor(OperationMonitor monitor) {
        return with(changed -> changed.monitor = monitor);
    }

    /**
     * Imports a file: an array if its name ends with {@code .json}, otherwise one document per line. If {@code .gz}
     * follows, the file is decompressed.
     *
     * @throws org.storedb.error.ImportFailedException if too many documents are rejected, or the text is not JSON
     * @throws StoreIoException if the file cannot be read
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ImportReport from(Path file) {
        return from(file, FileNames.format(file));
    }

    /** Imports a file in the given format, like {@link #from(Path)}. */
    public ImportReport from(Path file, JsonFormat format) {
        ProgressMeter meter = meter();
        String name = FileNames.last(file);
        try (InputStream bytes = new MeteredInput(UserFiles.read(file), meter)) {
            meter.begin("importing " + name, UserFiles.size(file));
            return run(
                    name, source(name, FileNames.isGzip(file) ? new GZIPInputStream(bytes, 1 << 16) : bytes, format));
        } catch (IOException e) {
            throw new StoreIoException("Cannot read " + file + ": " + StorageErrors.reason(e), e);
        }
    }

    /**
     * Imports a stream up to its end. Does not close it.
     *
     * @throws org.storedb.error.ImportFailedException if too many documents are rejected, or the text is not JSON
     * @throws StoreIoException if the stream cannot be read
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ImportReport from(InputStream stream, JsonFormat format) {
        ProgressMeter meter = meter();
        meter.begin("importing a stream", 0);
        try {
            return run("the stream", source("the stream", new MeteredInput(stream, meter), format));
        } catch (IOException e) {
            throw new StoreIoException("Cannot read the import: " + StorageErrors.reason(e), e);
        }
    }

    /**
     * Imports a folder of files with one document each. A file's name is the document's id, percent-encoded, followed
     * by {@code .json}; other files, and those whose names begin with a dot, are ignored. If the document has an id, it
     * must be the same, and then determines whether the id is a number or text. Files are imported in the order of
     * their names.
     *
     * @throws org.storedb.error.ImportFailedException if too many documents are rejected
     * @throws StoreIoException if the folder or a file cannot be read
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ImportReport fromFolder(Path folder) {
        ProgressMeter meter = meter();
        try {
            FolderSource source = new FolderSource(folder, settings, meter);
            return run(FileNames.last(folder), source);
        } catch (IOException e) {
            throw new StoreIoException("Cannot read the folder " + folder + ": " + StorageErrors.reason(e), e);
        }
    }

    private ImportReport run(String name, JsonDocumentSource source) throws IOException {
        return new ImportRun(
                        store, collection, settings, Environment.withoutTasks().nanoTicker())
                .run(name, source);
    }

    private JsonDocumentSource source(String name, InputStream text, JsonFormat format) {
        boolean exact = settings.types == JsonTypes.EXACT;
        return switch (format) {
            case LINES -> new JsonLinesSource(name, text, exact, settings.documentTextBytesMax);
            case ARRAY -> JsonArraySource.elements(name, text, exact);
        };
    }

    private ProgressMeter meter() {
        return new ProgressMeter("The import", settings.monitor, () -> !store.isOpen());
    }

    private JsonImport with(Consumer<ImportSettings> change) {
        ImportSettings changed = new ImportSettings(settings);
        change.accept(changed);
        return new JsonImport(store, collection, changed);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /** The settings of an import. They change only while a copy is being made. */
    static final class ImportSettings {

        DuplicatePolicy duplicates = DuplicatePolicy.REJECT;
        JsonTypes types = JsonTypes.EXACT;
        String idField = DocumentCodec.ID_FIELD;
        boolean idsRequired;
        int batchDocuments = 1_000;
        long rejectionsMax;
        int documentTextBytesMax = 64 << 20;
        OperationMonitor monitor = OperationMonitor.none();

        ImportSettings() {}

        ImportSettings(ImportSettings other) {
            duplicates = other.duplicates;
            types = other.types;
            idField = other.idField;
            idsRequired = other.idsRequired;
            batchDocuments = other.batchDocuments;
            rejectionsMax = other.rejectionsMax;
            documentTextBytesMax = other.documentTextBytesMax;
            monitor = other.monitor;
        }
    }

    /** Reports to a meter how much was read. */
    private static final class MeteredInput extends FilterInputStream {

        private final ProgressMeter meter;

        MeteredInput(InputStream input, ProgressMeter meter) {
            super(input);
            this.meter = meter;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            meter.advance(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            meter.advance(Math.max(count, 0));
            return count;
        }
    }
}
