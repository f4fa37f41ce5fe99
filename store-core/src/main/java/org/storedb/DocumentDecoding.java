package org.storedb;

import java.util.function.Supplier;
import org.storedb.document.DocumentCodec;
import org.storedb.error.InvalidDocumentException;
import org.storedb.internal.document.EncodedValue;

/**
 * Decoding of the documents of one collection; the counterpart of {@link DocumentEncoding}. Safe for use by many threads
 * if its codec is.
 */
record DocumentDecoding<T>(String collection, DocumentCodec<T> codec) {

    /**
     * Decodes a document.
     *
     * @param id supplies the id of the document if it is needed
     * @throws InvalidDocumentException that names the document, if it does not fit its class
     */
    T decode(EncodedValue document, long revision, Supplier<?> id) {
        try {
            return codec.read(document, revision);
        } catch (InvalidDocumentException e) {
            e.about(subject(collection, id.get()));
            throw e;
        }
    }

    /** Returns how messages name a document. */
    static String subject(String collection, Object id) {
        return "Document '" + id + "' of collection '" + collection + "'";
    }
}
