package org.storedb.internal.document;

import org.storedb.error.StoreException;

/**
 * Thrown if bytes are not a document or key as this package writes them. Callers that know the file report it as
 * corrupt.
 */
public final class MalformedDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    public MalformedDocumentException(String message) {
        super(message);
    }
}
