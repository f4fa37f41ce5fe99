package org.storedb.error;

/** Thrown when the file system reports an error; the store is unchanged. */
public class StoreIoException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreIoException(String message) {
        super(message);
    }

    public StoreIoException(String message, Throwable cause) {
        super(message, cause);
    }
}
