package org.storedb.internal.query;

import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.transaction.RecordPointer;

/**
 * A document that a query found.
 *
 * @param key its record key
 * @param pointer location of its record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FoundDocument(byte[] key, RecordPointer pointer, long revision, EncodedValue document) {

    /** Returns the id, a {@code String} or a {@code Long}. */
    public Object id() {
        return DocumentId.decode(key);
    }
}
