package org.storedb.error;

/** Thrown when a long operation was ended before it was done, by its caller or because the store was closed. */
public class OperationCancelledException extends StoreException {

    private static final long serialVersionUID = 1L;

    public OperationCancelledException(String message) {
        super(message);
    }
}
