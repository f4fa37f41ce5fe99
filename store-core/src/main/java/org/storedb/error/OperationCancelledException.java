package org.storedb.error;

/** A long operation was ended by its caller, or by the closing of the store, before it was done. */
public class OperationCancelledException extends StoreException {

    private static final long serialVersionUID = 1L;

    public OperationCancelledException(String message) {
        super(message);
    }
}
