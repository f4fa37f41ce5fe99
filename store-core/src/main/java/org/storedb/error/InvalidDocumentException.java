package org.storedb.error;

/** An object cannot be stored as a document, or a stored document not be read as this type; nothing was written. */
public class InvalidDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidDocumentException(String message) {
        super(message);
    }

    public InvalidDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
