package org.storedb.error;

/** Thrown when the store has been closed; open it again. */
public class StoreClosedException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreClosedException(String message) {
        super(message);
    }
}
