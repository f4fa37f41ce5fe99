package org.storedb.internal.query;

import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.transaction.RecordPointer;

/**
 * A document that a query found.
 *
 * @param key its record key
 * @param pointer where its record is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FoundDocument(byte[] key, RecordPointer pointer, long revision, EncodedValue document) {

    /** A {@code String} or a {@code Long}. */
    public Object id() {
        return DocumentId.decode(key);
    }
}
