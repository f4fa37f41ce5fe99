package org.storedb.error;

/**
 * Thrown when an object cannot be stored as a document, or a stored document cannot be read as the requested type;
 * nothing was written.
 */
public class InvalidDocumentException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidDocumentException(String message) {
        super(message);
    }

    public InvalidDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
