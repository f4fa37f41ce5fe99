package org.storedb.error;

/** Thrown when a document with the given id already exists; nothing was written. */
public class DuplicateIdException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String id;

    public DuplicateIdException(String collection, Object id) {
        super("Collection '" + collection + "' already has a document with id '" + id
                + "'; an entity without a version counts as new. To change the document, read and save it, or"
                + " replace it");
        this.collection = collection;
        this.id = id.toString();
    }

    public String collection() {
        return collection;
    }

    public String id() {
        return id;
    }
}
