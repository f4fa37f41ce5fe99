package org.storedb.error;

/** A query cannot be meant as it is: an unknown field, a value of the wrong type, a negative limit. */
public class InvalidQueryException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidQueryException(String message) {
        super(message);
    }
}
