package org.storedb.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Transaction;
import org.storedb.document.DocumentCodec;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.json.JsonDocument;
import org.storedb.maintenance.RejectedDocument;

/** Writes some documents in one transaction. A rejected document does not prevent the others from being written. */
final class ImportBatch {

    private final DocumentCollection<Map<String, @Nullable Object>> collection;
    private final DuplicatePolicy duplicates;
    private final boolean limitsEndIt;
    private final List<RejectedDocument> rejections = new ArrayList<>();
    private long inserted;
    private long replaced;
    private long merged;
    private long skipped;

    /**
     * The outcome for the documents.
     *
     * @param rejections the documents that were not written, and why
     */
    record Outcome(long inserted, long replaced, long merged, long skipped, List<RejectedDocument> rejections) {}

    /**
     * Creates a batch in a transaction.
     *
     * @param limitsEndIt whether a {@code LimitExceededException} is propagated, because it may be the transaction that
     *     is too large
     */
    ImportBatch(Transaction transaction, String collection, DuplicatePolicy duplicates, boolean limitsEndIt) {
        this.collection = transaction.collection(collection);
        this.duplicates = duplicates;
        this.limitsEndIt = limitsEndIt;
    }

    Outcome write(List<JsonDocument> documents) {
        for (JsonDocument document : documents) {
            Map<String, @Nullable Object> fields = document.fields();
            if (fields == null) {
                rejections.add(ImportRun.rejection(document, document.problem()));
                continue;
            }
            try {
                write(fields);
            } catch (InvalidDocumentException | DuplicateIdException | UniqueIndexViolationException e) {
                rejections.add(ImportRun.rejection(document, e.getMessage()));
            } catch (LimitExceededException e) {
                if (limitsEndIt) {
                    throw e;
                }
                rejections.add(ImportRun.rejection(document, e.getMessage()));
            }
        }
        return new Outcome(inserted, replaced, merged, skipped, rejections);
    }

    private void write(Map<String, @Nullable Object> document) {
        Object id = document.get(DocumentCodec.ID_FIELD);
        if (id == null || duplicates == DuplicatePolicy.REJECT || !collection.exists(id)) {
            collection.insert(document);
            inserted++;
            return;
        }
        switch (duplicates) {
            case SKIP -> skipped++;
            case REPLACE -> {
                collection.replace(document);
                replaced++;
            }
            case MERGE -> {
                collection.update(id, standing -> merged(standing, document));
                merged++;
            }
            case REJECT -> throw new IllegalStateException("A rejected document is inserted");
        }
    }

    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> standing, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(standing);
        changes.forEach((name, change) -> merged.put(name, mergedValue(merged.get(name), change)));
        return merged;
    }

    @SuppressWarnings("unchecked") // Objects in documents are maps with names as keys.
    private static @Nullable Object mergedValue(@Nullable Object standing, @Nullable Object change) {
        return standing instanceof Map<?, ?> && change instanceof Map<?, ?>
                ? merged((Map<String, @Nullable Object>) standing, (Map<String, @Nullable Object>) change)
                : change;
    }
}
