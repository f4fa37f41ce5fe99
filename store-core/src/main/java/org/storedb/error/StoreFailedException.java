package org.storedb.error;

/**
 * Thrown when a write or sync failed earlier, so the store accepts no more writes; reads continue to work. Close it and
 * open it again.
 */
public class StoreFailedException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreFailedException(String message) {
        super(message);
    }

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
