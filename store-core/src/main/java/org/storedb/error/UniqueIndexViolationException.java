package org.storedb.error;

/** Another document has a value that must be unique; nothing was written. */
public class UniqueIndexViolationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String index;

    public UniqueIndexViolationException(String collection, String index, String value, String existingId) {
        super("Unique index '" + index + "' of collection '" + collection + "' already has " + value + ", in document '"
                + existingId + "'");
        this.collection = collection;
        this.index = index;
    }

    public String collection() {
        return collection;
    }

    public String index() {
        return index;
    }
}
