package org.storedb.internal.document;

import org.storedb.error.StoreException;

/** Bytes are not a document or key as this package writes them. Whoever knows the file reports it as corrupt. */
public final class MalformedDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    public MalformedDocumentException(String message) {
        super(message);
    }
}
