package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.transaction.KeptRecord;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoredRecord;

/**
 * Reads the documents of keys in a state that never changes. Records are scattered in the log, and most of the cost of
 * one is waiting for its bytes to come from memory: so those of several are read first, one right after another, and
 * arrive at the same time. For one thread.
 */
final class DocumentsAhead implements DocumentSource {

    private static final int AHEAD_MAX = 32;
    private static final int GROWTH = 8;

    private final CollectionView collection;
    private final KeySources records;
    private final KeySource keys;
    private byte[][] recordKeys = new byte[1][]; // Often only the first document is wanted.
    private @Nullable RecordPointer[] pointers = new RecordPointer[1];
    private @Nullable StoredRecord[] kept = new StoredRecord[1];
    private int index;
    private int count;
    private boolean brokenOff;

    /**
     * Creates reads of the documents of {@code keys}.
     *
     * @param records finds a record again that could not be read at its presumed location
     */
    DocumentsAhead(CollectionView collection, KeySources records, KeySource keys) {
        this.collection = collection;
        this.records = records;
        this.keys = keys;
    }

    @Override
    public @Nullable FoundDocument next() {
        if (index == count && !lookAhead()) {
            return null;
        }
        int current = index++;
        StoredRecord record = kept[current];
        RecordPointer pointer = pointers[current];
        return record == null || pointer == null
                ? read(recordKeys[current], pointer)
                : DocumentReads.document(collection, recordKeys[current], pointer, record);
    }

    private FoundDocument read(byte[] key, @Nullable RecordPointer pointer) {
        try {
            return DocumentReads.read(collection, key, pointer);
        } catch (CorruptStoreException | StoreIoException e) {
            if (pointer == null || pointer.sequence() != 0) {
                throw e;
            }
            return DocumentReads.read(collection, key, records.find(key)); // The tree tells for sure what is wrong.
        }
    }

    /** Finds the next records; returns false if there are none. */
    private boolean lookAhead() {
        if (brokenOff) {
            throw new IllegalStateException("This result was ended by an error; run the query again");
        }
        brokenOff = true; // Keys that were taken before an error would be missing.
        boolean more = keys.next();
        if (more && count == recordKeys.length && count < AHEAD_MAX) {
            int room = Math.min(AHEAD_MAX, count * GROWTH);
            recordKeys = new byte[room][];
            pointers = new RecordPointer[room];
            kept = new StoredRecord[room];
        }
        index = 0;
        count = 0;
        int found = 0;
        int toRead = 0;
        while (more) {
            toRead += take(found) ? 0 : 1;
            found++;
            more = found < recordKeys.length && keys.next();
        }
        if (toRead > 0) {
            collection.view().findAll(collection.recordTreeId(), recordKeys, pointers, found);
        }
        if (toRead > 1) {
            touch(found);
        }
        count = found;
        brokenOff = false;
        return count > 0;
    }

    /** Takes the next key; returns whether its record need not be read. */
    private boolean take(int at) {
        KeptRecord record = keys.kept();
        recordKeys[at] = record == null ? keys.recordKey() : record.key();
        pointers[at] = record == null ? keys.pointer() : record.pointer();
        kept[at] = record == null ? null : record.record();
        return record != null;
    }

    private void touch(int found) {
        long sum = 0;
        for (int at = 0; at < found; at++) {
            RecordPointer pointer = pointers[at];
            sum += pointer == null || kept[at] != null
                    ? 0
                    : collection.view().touch(pointer.segment(), pointer.offset(), pointer.length());
        }
        Touched.keep(sum);
    }
}
