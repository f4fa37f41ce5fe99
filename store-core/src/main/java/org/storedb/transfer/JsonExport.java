package org.storedb.transfer;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.NewFile;
import org.storedb.internal.io.NewFolder;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.json.JsonDocumentWriter;
import org.storedb.maintenance.ExportReport;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Query;

/**
 * Writes documents of a collection as JSON, as of one moment, in the order of a query. Writers of the store are not
 * blocked, and documents are written as they are found.
 *
 * <pre>{@code
 * JsonExport.of(store, "places")
 *         .withQuery(Query.where(Filter.eq("country", "JP")).sort(Sort.by("name")))
 *         .to(Path.of("japan.jsonl.gz"));
 * }</pre>
 *
 * <p>{@link JsonImport} restores the same documents from it, value by value. Their revisions, and when they expire,
 * are not included.
 *
 * <p>Immutable; each {@code with} method returns a changed copy.
 */
public final class JsonExport {

    private static final int REPORT_DOCUMENTS = 1_000;
    private static final int FILE_NAME_BYTES_MAX = 255;

    private final StoreContext context;
    private final String collection;
    private final ExportSettings settings;

    private JsonExport(StoreContext context, String collection, ExportSettings settings) {
        this.context = context;
        this.collection = collection;
        this.settings = settings;
    }

    /**
     * Returns an export of a collection.
     *
     * @param context a store, read as of the moment when the export begins, a snapshot, or a transaction
     */
    public static JsonExport of(StoreContext context, String collection) {
        return new JsonExport(context, collection, new ExportSettings());
    }

    /** Sets which documents are exported, and in which order; default all of them. */
    public JsonExport withQuery(Query query) {
        return with(changed -> changed.query = query);
    }

    /** Sets how values are written that have no JSON form; default {@link JsonTypes#EXACT}. */
    public JsonExport withTypes(JsonTypes types) {
        return with(changed -> changed.types = types);
    }

    /** Sets the monitor that receives the progress of the export, in documents, and may cancel it. */
    public JsonExport withMonitor(OperationMonitor monitor) {
        return with(changed -> changed.monitor = monitor);
    }

    /**
     * Writes a file: an array if its name ends with {@code .json}, otherwise one document per line. If {@code .gz}
     * follows, the file is compressed. The file is readable only by its owner. It gets its name, replacing any existing
     * file, only when it is complete and durable; otherwise nothing is changed.
     *
     * @throws StoreIoException if the file cannot be written
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ExportReport to(Path file) {
        return to(file, FileNames.format(file));
    }

    /** Writes a file in the given format, like {@link #to(Path)}. */
    public ExportReport to(Path file, JsonFormat format) {
        try (NewFile target = NewFile.create(file, Environment.withoutTasks().random())) {
            ExportReport report;
            if (FileNames.isGzip(file)) {
                GZIPOutputStream compressed = new GZIPOutputStream(target, 1 << 16);
                report = write(compressed, format);
                compressed.finish();
            } else {
                report = write(target, format);
            }
            target.complete();
            return report;
        } catch (IOException e) {
            throw new StoreIoException("Cannot write " + file + ": " + StorageErrors.reason(e), e);
        }
    }

    /**
     * Writes to a stream, which is flushed but not closed.
     *
     * @throws StoreIoException if the stream cannot be written to
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ExportReport to(OutputStream stream, JsonFormat format) {
        try {
            return write(stream, format);
        } catch (IOException e) {
            throw new StoreIoException("Cannot write the export: " + StorageErrors.reason(e), e);
        }
    }

    /**
     * Writes a folder with a file for each document. A file's name is the document's id, percent-encoded, followed by
     * {@code .json}. The folder gets its name only when it is complete. It is not synced: after a power loss within
     * seconds, export it again.
     *
     * @param folder an empty folder, or one that does not exist yet
     * @throws StoreIoException if the folder is not empty or cannot be written
     * @throws InvalidDocumentException if an id is too long for a file name, or two ids result in the same name on the
     *     file system
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    public ExportReport toFolder(Path folder) {
        Run run = new Run();
        try (NewFolder target =
                NewFolder.create(folder, Environment.withoutTasks().random())) {
            run.forEach(document -> run.bytes += addFile(target, document));
            target.complete();
            return run.report();
        } catch (DirectoryNotEmptyException e) {
            throw new StoreIoException(folder + " is not empty; use an empty or a new folder", e);
        } catch (IOException e) {
            throw new StoreIoException("Cannot write the folder " + folder + ": " + StorageErrors.reason(e), e);
        }
    }

    private long addFile(NewFolder folder, DocumentValue document) throws IOException {
        DocumentValue id = document.field(DocumentCodec.ID_FIELD);
        String shown = id == null ? "" : String.valueOf(id.toObject());
        String name = FileNames.encode(shown) + FileNames.JSON;
        if (name.length() > FILE_NAME_BYTES_MAX) {
            throw new InvalidDocumentException("The id '" + shown + "' is too long for a file name");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        JsonDocumentWriter writer = JsonDocumentWriter.lines(content, settings.types == JsonTypes.EXACT);
        writer.write(document);
        writer.finish();
        try {
            folder.add(name, content.toByteArray());
        } catch (FileAlreadyExistsException e) {
            throw new InvalidDocumentException(
                    "The id '" + shown + "' and another one, which is a number or differs in case, are the same file"
                            + " name on this file system; export to a file instead",
                    e);
        }
        return content.size();
    }

    private ExportReport write(OutputStream target, JsonFormat format) throws IOException {
        Run run = new Run();
        CountedOutput counted = new CountedOutput(target);
        boolean exact = settings.types == JsonTypes.EXACT;
        JsonDocumentWriter writer = format == JsonFormat.LINES
                ? JsonDocumentWriter.lines(counted, exact)
                : JsonDocumentWriter.array(counted, exact);
        run.forEach(writer::write);
        writer.finish();
        run.bytes = counted.bytes;
        return run.report();
    }

    private JsonExport with(Consumer<ExportSettings> change) {
        ExportSettings changed = new ExportSettings(settings);
        change.accept(changed);
        return new JsonExport(context, collection, changed);
    }

    /** One export: reads the documents and counts them. */
    private final class Run {

        private final Environment environment = Environment.withoutTasks();
        private final long startNanos = environment.nanoTicker().getAsLong();
        private long documents;
        private long bytes;

        void forEach(DocumentAction action) throws IOException {
            StoreContext moment = context instanceof Store store ? store.snapshot() : context;
            DocumentCollection<DocumentValue> source = moment.collection(collection, new RawDocuments());
            ProgressMeter meter = new ProgressMeter("The export", settings.monitor, () -> false, REPORT_DOCUMENTS);
            meter.begin("exporting " + collection, source.count(settings.query));
            for (Iterator<DocumentValue> found = source.find(settings.query).iterator(); found.hasNext(); ) {
                action.accept(found.next());
                documents++;
                meter.advance(1);
            }
        }

        ExportReport report() {
            Duration duration = Duration.ofNanos(environment.nanoTicker().getAsLong() - startNanos);
            return new ExportReport(documents, bytes, duration);
        }
    }

    @FunctionalInterface
    private interface DocumentAction {
        void accept(DocumentValue document) throws IOException;
    }

    /** The settings of an export. They change only while a copy is being made. */
    private static final class ExportSettings {

        private Query query = Query.all();
        private JsonTypes types = JsonTypes.EXACT;
        private OperationMonitor monitor = OperationMonitor.none();

        ExportSettings() {}

        ExportSettings(ExportSettings other) {
            query = other.query;
            types = other.types;
            monitor = other.monitor;
        }
    }

    private static final class CountedOutput extends FilterOutputStream {

        private long bytes;

        CountedOutput(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            bytes += length;
        }
    }
}
