package org.storedb.error;

/** A write through a snapshot or a read-only transaction. */
public class ReadOnlyException extends StoreException {

    private static final long serialVersionUID = 1L;

    public ReadOnlyException(String message) {
        super(message);
    }
}
