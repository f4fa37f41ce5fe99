package org.storedb.internal.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.document.StoredSequences;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoredRecord;

/** The part of a state that goes into a snapshot file. */
public final class SnapshotSource {

    private final CatalogService catalog;
    private final Catalog all;
    private final StateView view;
    private final @Nullable CatalogEntry sequences;
    private final List<CatalogEntry> parts = new ArrayList<>();

    /**
     * Creates a source. It contains all sequences, whatever is chosen: their numbers must not be reused where the
     * documents are that have them. All other internal data, such as positions in the log, concerns only this store and
     * is omitted.
     *
     * @param chosen which of the collections and keyspaces
     */
    public SnapshotSource(CatalogService catalog, StateView view, Predicate<? super CatalogEntry> chosen) {
        this.catalog = catalog;
        this.view = view;
        this.all = catalog.catalogOf(view.state());
        addChosen(all.all(Kind.COLLECTION), chosen);
        addChosen(all.all(Kind.KEYSPACE), chosen);
        sequences = all.find(Kind.KEYSPACE, StoredSequences.KEYSPACE);
    }

    private void addChosen(Collection<CatalogEntry> entries, Predicate<? super CatalogEntry> chosen) {
        entries.stream().filter(entry -> !entry.isInternal()).filter(chosen).forEach(parts::add);
    }

    /** Returns the collections and keyspaces that were chosen. */
    public List<CatalogEntry> parts() {
        return parts;
    }

    /** Returns the number of all documents and entries. */
    public long count() {
        return parts.stream().mapToLong(this::count).sum();
    }

    /** Returns the number of documents or entries of one part. */
    public long count(CatalogEntry part) {
        return view.records(part.treeId()).count(TreeRange.all());
    }

    /** Writes everything. */
    public void writeTo(SnapshotTarget target, long takenAtMillis, ProgressMeter meter) throws IOException {
        target.begin(view.state().sequence(), takenAtMillis);
        writeSequences(target);
        for (CatalogEntry part : parts) {
            target.part(new SnapshotPart(
                    part.kind(),
                    part.name(),
                    count(part),
                    part.indexes().stream().map(IndexEntry::definition).toList(),
                    all.expiryRule(part.treeId())));
            writeRecords(part, target, meter);
        }
        target.end();
    }

    private void writeSequences(SnapshotTarget target) throws IOException {
        if (sequences == null) {
            return;
        }
        TreeCursor<RecordPointer> cursor = view.records(sequences.treeId()).cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            byte[] value = view.readValue(key, cursor.value());
            target.sequence(StoredSequences.name(key), StoredSequences.last(value));
        }
    }

    private void writeRecords(CatalogEntry part, SnapshotTarget target, ProgressMeter meter) throws IOException {
        FieldDictionary dictionary = catalog.dictionary(part);
        TreeCursor<RecordPointer> cursor = view.records(part.treeId()).cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            StoredRecord record = view.read(key, cursor.value());
            if (part.kind() == Kind.COLLECTION) {
                target.document(
                        DocumentId.decode(key),
                        record.revision(),
                        record.expiry(),
                        EncodedValue.document(record.value(), dictionary));
            } else {
                target.entry(key, record.expiry(), record.value());
            }
            meter.advance(1);
        }
    }
}
