package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.MalformedDocumentException;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoredRecord;

/** Reads the documents of keys, each on demand. For one thread. */
final class DocumentReads implements DocumentSource {

    private final CollectionView collection;
    private final KeySources records;
    private final KeySource keys;
    private final boolean noted;

    /**
     * Creates reads of the documents of {@code keys}.
     *
     * @param records finds the records of keys without a pointer
     * @param noted whether the view is told of each record: it can change without a change of what led to it
     */
    DocumentReads(CollectionView collection, KeySources records, KeySource keys, boolean noted) {
        this.collection = collection;
        this.records = records;
        this.keys = keys;
        this.noted = noted;
    }

    @Override
    public @Nullable FoundDocument next() {
        if (!keys.next()) {
            return null;
        }
        byte[] key = keys.recordKey();
        if (noted) {
            collection.view().noteKeyRead(collection.recordTreeId(), key);
        }
        RecordPointer pointer = keys.pointer();
        return read(collection, key, pointer == null ? records.find(key) : pointer);
    }

    /**
     * Reads the document of a key.
     *
     * @param pointer location of its record, {@code null} if there is none
     */
    static FoundDocument read(CollectionView collection, byte[] key, @Nullable RecordPointer pointer) {
        if (pointer == null) {
            throw new MalformedDocumentException("An index of collection " + collection.name() + " has an entry for id "
                    + DocumentId.decode(key) + ", but there is no such document");
        }
        return document(collection, key, pointer, collection.view().read(key, pointer));
    }

    /** Returns the document of a record. */
    static FoundDocument document(CollectionView collection, byte[] key, RecordPointer pointer, StoredRecord record) {
        EncodedValue document = EncodedValue.document(record.value(), collection.dictionary());
        return new FoundDocument(key, pointer, record.revision(), document);
    }
}
