package org.storedb.sample;

/** Thrown when there is no resource of a kind with the given id. */
public class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String kind, String id) {
        super("There is no %s with the id '%s'".formatted(kind, id));
    }
}
