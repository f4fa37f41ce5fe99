package org.storedb.error;

/** Thrown when a key, a value or a transaction is larger than the options allow; nothing was written. */
public class LimitExceededException extends StoreException {

    private static final long serialVersionUID = 1L;

    public LimitExceededException(String message) {
        super(message);
    }
}
