package org.storedb.error;

/** Thrown when the transaction has been committed or rolled back; begin another one. */
public class TransactionClosedException extends StoreException {

    private static final long serialVersionUID = 1L;

    public TransactionClosedException(String message) {
        super(message);
    }
}
