package org.storedb.error;

/** An optional library is needed that is not there; the message names it. Nothing was changed. */
public class MissingLibraryException extends StoreException {

    private static final long serialVersionUID = 1L;

    public MissingLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
