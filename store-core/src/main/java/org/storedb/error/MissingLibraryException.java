package org.storedb.error;

/** Thrown when a required optional library is missing; the message names it. Nothing was changed. */
public class MissingLibraryException extends StoreException {

    private static final long serialVersionUID = 1L;

    public MissingLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
