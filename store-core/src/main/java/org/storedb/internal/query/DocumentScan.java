package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordScan;
import org.storedb.internal.transaction.StoredRecord;

/** Reads the documents of ranges of ids, in the order of their records' tree. For one thread. */
final class DocumentScan implements DocumentSource {

    private final CollectionView collection;
    private final TreeWalk<RecordPointer> walk;
    private @Nullable RecordScan records;
    private boolean brokenOff;

    DocumentScan(CollectionView collection, TreeWalk<RecordPointer> walk) {
        this.collection = collection;
        this.walk = walk;
    }

    @Override
    public @Nullable FoundDocument next() {
        while (records == null || !records.next()) {
            TreeCursor<RecordPointer> cursor = nextCursor();
            if (cursor == null) {
                return null;
            }
            records = new RecordScan(collection.view(), cursor, collection.scans());
        }
        StoredRecord record = records.read();
        EncodedValue document = EncodedValue.document(record.value(), collection.dictionary());
        return new FoundDocument(records.key(), records.pointer(), record.revision(), document);
    }

    private @Nullable TreeCursor<RecordPointer> nextCursor() {
        if (brokenOff) {
            throw new IllegalStateException("This result was ended by an error; run the query again");
        }
        brokenOff = true; // The walk would go on behind the range of an error.
        TreeCursor<RecordPointer> cursor = walk.nextCursor();
        brokenOff = false;
        return cursor;
    }
}
