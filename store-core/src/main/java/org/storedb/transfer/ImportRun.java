package org.storedb.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.document.DocumentCodec;
import org.storedb.error.ImportFailedException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.json.JsonDocument;
import org.storedb.internal.json.JsonDocumentSource;
import org.storedb.internal.json.MalformedJsonException;
import org.storedb.maintenance.ImportReport;
import org.storedb.maintenance.RejectedDocument;
import org.storedb.transfer.ImportBatch.Outcome;

/** One import, from its first document to its report. Not thread-safe. */
final class ImportRun {

    private static final int REJECTIONS_KEPT = 1_000;
    private static final int VIOLATED_COMMITS_MAX = 100;

    /** A batch is full when it has this much text; documents and their maps take up several times that. */
    private static final long BATCH_TEXT_BYTES = 4 << 20;

    private final Store store;
    private final String collection;
    private final JsonImport.ImportSettings settings;
    private final LongSupplier nanoTicker;
    private final long startNanos;
    private final List<JsonDocument> pending = new ArrayList<>();
    private final List<RejectedDocument> rejections = new ArrayList<>();
    private long pendingTextBytes;
    private long inserted;
    private long replaced;
    private long merged;
    private long skipped;
    private long rejected;

    ImportRun(Store store, String collection, JsonImport.ImportSettings settings, LongSupplier nanoTicker) {
        this.store = store;
        this.collection = collection;
        this.settings = settings;
        this.nanoTicker = nanoTicker;
        this.startNanos = nanoTicker.getAsLong();
    }

    ImportReport run(String name, JsonDocumentSource source) throws IOException {
        try {
            for (JsonDocument document = source.next(); document != null; document = source.next()) {
                accept(withId(document));
            }
        } catch (MalformedJsonException e) {
            commitPending();
            RejectedDocument where = new RejectedDocument(name, e.line(), String.valueOf(e.getMessage()));
            throw failed("The import ended early: " + where + ". Nothing can be read after that", e);
        }
        commitPending();
        return report();
    }

    private void accept(JsonDocument document) {
        pending.add(document);
        pendingTextBytes += document.textBytes();
        if (pending.size() >= settings.batchDocuments || pendingTextBytes >= BATCH_TEXT_BYTES) {
            commitPending();
        }
    }

    private JsonDocument withId(JsonDocument document) {
        Map<String, @Nullable Object> fields = document.fields();
        if (fields == null) {
            return document;
        }
        Object id = fields.get(settings.idField);
        Object standing = fields.get(DocumentCodec.ID_FIELD);
        if (id == null) {
            if (settings.idsRequired || standing != null) {
                return refused(document, "it has no id in the field \"" + settings.idField + "\"");
            }
        } else if (standing != null && !standing.equals(id)) {
            return refused(
                    document,
                    "its field \"id\" is '" + standing + "', but its id in the field \"" + settings.idField + "\" is '"
                            + id + "'; rename one of them");
        } else {
            fields.put(DocumentCodec.ID_FIELD, id);
        }
        return document;
    }

    private static JsonDocument refused(JsonDocument document, String problem) {
        return new JsonDocument(document.source(), document.line(), document.textBytes(), null, problem);
    }

    private void commitPending() {
        if (pending.isEmpty()) {
            return;
        }
        List<JsonDocument> batch = List.copyOf(pending);
        pending.clear();
        pendingTextBytes = 0;
        try {
            count(commit(batch, batch.size() > 1));
        } catch (LimitExceededException e) {
            commitWithinLimits(batch);
        }
    }

    /**
     * Commits a batch that may exceed a limit. Documents that are too large on their own are found first: if they end
     * the import, nothing of the batch may be stored.
     */
    private void commitWithinLimits(List<JsonDocument> batch) {
        List<JsonDocument> checked = batch.stream().map(this::refusedIfTooLarge).toList();
        try {
            count(commit(checked, true));
        } catch (LimitExceededException e) { // Together they are too large for a transaction.
            checked.forEach(this::commitAlone);
        }
    }

    private JsonDocument refusedIfTooLarge(JsonDocument document) {
        try (Transaction trial = store.begin()) {
            new ImportBatch(trial, collection, settings.duplicates, true).write(List.of(document));
            return document;
        } catch (LimitExceededException e) {
            return refused(document, String.valueOf(e.getMessage()));
        }
    }

    private void commitAlone(JsonDocument document) {
        try {
            count(commit(List.of(document), false));
        } catch (LimitExceededException e) {
            reject(List.of(rejection(document, e.getMessage())));
        }
    }

    private Outcome commit(List<JsonDocument> batch, boolean limitsEndIt) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.inTransaction(transaction -> {
                    ImportBatch work = new ImportBatch(transaction, collection, settings.duplicates, limitsEndIt);
                    Outcome outcome = work.write(batch);
                    requireFewRejections(outcome);
                    return outcome;
                });
            } catch (UniqueIndexViolationException e) {
                if (attempt == VIOLATED_COMMITS_MAX) {
                    throw e;
                }
                // Someone else has just committed the value; now the document that also has it is found.
            }
        }
    }

    /** Called in the transaction: an exception rolls it back. */
    private void requireFewRejections(Outcome outcome) {
        if (settings.rejectionsMax - rejected < outcome.rejections().size()) {
            List<RejectedDocument> all = outcome.rejections();
            reject(all.subList(0, (int) (settings.rejectionsMax - rejected) + 1));
        }
    }

    private void count(Outcome outcome) {
        inserted += outcome.inserted();
        replaced += outcome.replaced();
        merged += outcome.merged();
        skipped += outcome.skipped();
        reject(outcome.rejections());
    }

    private void reject(List<RejectedDocument> more) {
        rejected += more.size();
        more.stream().limit(REJECTIONS_KEPT - rejections.size()).forEach(rejections::add);
        if (rejected > settings.rejectionsMax) {
            throw failed(
                    "The import stopped after " + rejected + " rejected document" + (rejected == 1 ? "" : "s")
                            + ", the last of which is " + more.get(more.size() - 1)
                            + ". To continue after rejections, see withRejectionsMax",
                    null);
        }
    }

    private ImportFailedException failed(String message, @Nullable Throwable cause) {
        return new ImportFailedException(message, report(), cause);
    }

    private ImportReport report() {
        Duration duration = Duration.ofNanos(nanoTicker.getAsLong() - startNanos);
        return new ImportReport(inserted, replaced, merged, skipped, rejected, rejections, duration);
    }

    static RejectedDocument rejection(JsonDocument document, @Nullable String problem) {
        return new RejectedDocument(document.source(), document.line(), String.valueOf(problem));
    }
}
