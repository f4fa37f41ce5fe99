package org.storedb.error;

/**
 * Thrown when a query or an index makes no sense: it has an unknown field, a value of the wrong type, or a negative
 * limit.
 */
public class InvalidQueryException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidQueryException(String message) {
        super(message);
    }
}
