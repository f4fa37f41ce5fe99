package org.storedb.internal.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.error.LimitExceededException;
import org.storedb.error.StoreException;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeDifference;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.internal.transaction.TreeView;
import org.storedb.view.ViewEmitter;
import org.storedb.view.ViewFunction;

/** Derives the trees of a view for some documents from those for others. For one thread, for one use. */
final class ViewUpdate<T> {

    private static final int REASON_CHARACTERS_MAX = 300;
    private static final int REPORT_DOCUMENTS = 1024;

    private final ViewTrees before;
    private final ViewFunction<T> function;
    private final DocumentCodec<T> codec;
    private final FieldDictionary dictionary;
    private final TreeEditor<Presence> rows;
    private final TreeEditor<Presence> byDocument;
    private final TreeEditor<Presence> failures;

    ViewUpdate(ViewTrees before, ViewFunction<T> function, DocumentCodec<T> codec, FieldDictionary dictionary) {
        this.before = before;
        this.function = function;
        this.codec = codec;
        this.dictionary = dictionary;
        this.rows = before.rows().edit();
        this.byDocument = before.byDocument().edit();
        this.failures = before.failures().edit();
    }

    /** Returns the trees for the documents in {@code view}. */
    ViewTrees to(TreeView view, CountedTree<RecordPointer> records, long sequence, ViewProgress progress) {
        TreeDifference<RecordPointer> changes =
                TreeDifference.between(RecordPointer.LAYOUT, before.records(), records, RecordPointer::isSameRecord);
        long done = 0;
        while (changes.next()) {
            byte[] key = changes.key();
            RecordPointer added = changes.added();
            if (changes.removed() != null) {
                removeDocument(key);
            }
            if (added != null) {
                addDocument(key, view.read(key, added));
            }
            done++;
            if (done % REPORT_DOCUMENTS == 0) {
                progress.report(done);
            }
        }
        progress.report(done);
        return new ViewTrees(sequence, records, rows.build(), byDocument.build(), failures.build());
    }

    private void removeDocument(byte[] recordKey) {
        TreeRange ofDocument = TreeRange.prefix(recordKey);
        for (byte[] key : keys(before.byDocument(), ofDocument)) {
            byDocument.remove(key);
            rows.remove(Arrays.copyOfRange(key, recordKey.length, key.length));
        }
        keys(before.failures(), ofDocument).forEach(failures::remove);
    }

    private static List<byte[]> keys(CountedTree<Presence> tree, TreeRange range) {
        List<byte[]> keys = new ArrayList<>();
        TreeCursor<Presence> cursor = tree.cursor(range);
        while (cursor.next()) {
            keys.add(cursor.key());
        }
        return keys;
    }

    /** Adds a document. Failures, which the function may well have caused, affect only this document. */
    private void addDocument(byte[] recordKey, StoredRecord record) {
        Emissions emissions = new Emissions(recordKey);
        try {
            T document = codec.read(EncodedValue.document(record.value(), dictionary), record.revision());
            function.map(document, emissions);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // Also what Java code cannot throw here: checked exceptions of functions in Kotlin.
            emissions.reason = reason(e);
        }
        emissions.closed = true;
        if (emissions.reason != null) {
            failures.put(failure(recordKey, emissions.reason), Presence.PRESENT);
            return;
        }
        for (byte[] row : emissions.rows) {
            rows.put(row, Presence.PRESENT);
            byDocument.put(joined(recordKey, row), Presence.PRESENT);
        }
    }

    private static String reason(Throwable e) {
        String reason = e.toString();
        return reason.length() <= REASON_CHARACTERS_MAX ? reason : reason.substring(0, REASON_CHARACTERS_MAX) + "…";
    }

    /** Returns the entry of a document that is omitted: the longer its id, the less room there is for the reason. */
    private static byte[] failure(byte[] recordKey, String reason) {
        byte[] failure = joined(recordKey, reason.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(failure, Math.min(failure.length, CountedTree.KEY_BYTES_MAX));
    }

    private static byte[] joined(byte[] recordKey, byte[] rest) {
        return new KeyEncoder().appendBytes(recordKey).appendBytes(rest).toBytes();
    }

    /** Collects what the function emits for one document. */
    private static final class Emissions implements ViewEmitter {

        private final byte[] recordKey;
        private final List<byte[]> rows = new ArrayList<>();
        private @Nullable String reason;
        private boolean closed;

        Emissions(byte[] recordKey) {
            this.recordKey = recordKey;
        }

        @Override
        public void emit(@Nullable Object key, @Nullable Object value) {
            if (closed) {
                throw new IllegalStateException("Nothing can be emitted after the function of the view has returned");
            }
            try {
                rows.add(row(key, value));
            } catch (StoreException e) { // The function may catch it.
                reason = reason(e);
                throw e;
            }
        }

        private byte[] row(@Nullable Object key, @Nullable Object value) {
            byte[] row = RowFormat.encode(key, recordKey, rows.size(), value);
            int bytes = recordKey.length + row.length;
            if (bytes > CountedTree.KEY_BYTES_MAX) {
                throw new LimitExceededException("A row of a view with " + bytes + " bytes of key, id and value is too"
                        + " large: at most " + CountedTree.KEY_BYTES_MAX + " are possible");
            }
            return row;
        }
    }
}
