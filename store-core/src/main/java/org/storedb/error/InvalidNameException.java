package org.storedb.error;

/** Thrown when the name of a keyspace, a collection or an index is not allowed. */
public class InvalidNameException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidNameException(String message) {
        super(message);
    }
}
