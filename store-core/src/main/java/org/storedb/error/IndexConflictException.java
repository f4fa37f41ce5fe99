package org.storedb.error;

/** An index of this name exists with another definition; drop it first or choose another name. */
public class IndexConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    public IndexConflictException(String message) {
        super(message);
    }
}
