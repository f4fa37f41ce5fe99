package org.storedb.error;

/** There is no document with this id. */
public class DocumentNotFoundException extends StoreException {

    private static final long serialVersionUID = 1L;

    public DocumentNotFoundException(String message) {
        super(message);
    }
}
