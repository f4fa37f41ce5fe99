package org.storedb.error;

/** The file system refused; the store is as it was. */
public class StoreIoException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreIoException(String message) {
        super(message);
    }

    public StoreIoException(String message, Throwable cause) {
        super(message, cause);
    }
}
