package org.storedb.error;

/** Thrown when another transaction changed what this one depends on; nothing was written. Run the transaction again. */
public class TransactionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    public TransactionConflictException(String message) {
        super(message);
    }

    public TransactionConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
