package org.storedb.error;

/** Thrown when a transaction took longer than its timeout; nothing was written. */
public class TransactionTimedOutException extends StoreException {

    private static final long serialVersionUID = 1L;

    public TransactionTimedOutException(String message) {
        super(message);
    }
}
