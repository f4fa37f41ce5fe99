package org.storedb.error;

/** Thrown when an index of the same name exists with a different definition; replace it or choose another name. */
public class IndexConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    public IndexConflictException(String message) {
        super(message);
    }
}
