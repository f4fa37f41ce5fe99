package org.storedb.error;

/** Thrown when files were written by a newer version of the store; nothing was changed. */
public class UnsupportedFormatException extends StoreException {

    private static final long serialVersionUID = 1L;

    public UnsupportedFormatException(String message) {
        super(message);
    }
}
