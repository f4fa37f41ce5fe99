package org.storedb.error;

/** Thrown when no document has the given id. */
public class DocumentNotFoundException extends StoreException {

    private static final long serialVersionUID = 1L;

    public DocumentNotFoundException(String message) {
        super(message);
    }
}
