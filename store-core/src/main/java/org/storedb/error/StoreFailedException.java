package org.storedb.error;

/** A write or sync failed earlier, so the store accepts no more writes; reads go on. Close it and open it again. */
public class StoreFailedException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreFailedException(String message) {
        super(message);
    }

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
