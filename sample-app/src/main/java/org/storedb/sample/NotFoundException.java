package org.storedb.sample;

/** There is no resource of this kind with this id. */
public class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String kind, String id) {
        super("There is no %s with the id '%s'".formatted(kind, id));
    }
}
