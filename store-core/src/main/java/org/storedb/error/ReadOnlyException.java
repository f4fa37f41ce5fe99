package org.storedb.error;

/** Thrown on a write through a snapshot, a read-only transaction, or a store that is open for reading only. */
public class ReadOnlyException extends StoreException {

    private static final long serialVersionUID = 1L;

    public ReadOnlyException(String message) {
        super(message);
    }
}
