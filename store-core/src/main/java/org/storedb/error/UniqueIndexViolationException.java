package org.storedb.error;

/** Thrown when another document has a value that must be unique; nothing was written. */
public class UniqueIndexViolationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String collection;
    private final String index;
    private final boolean ofDocuments;

    public UniqueIndexViolationException(String collection, String index, String value, String existingId) {
        super("Unique index '" + index + "' of collection '" + collection + "' already has " + value + ", in document '"
                + existingId + "'");
        this.collection = collection;
        this.index = index;
        this.ofDocuments = false;
    }

    private UniqueIndexViolationException(String message, String collection, String index) {
        super(message);
        this.collection = collection;
        this.index = index;
        this.ofDocuments = true;
    }

    /** Returns an exception for two documents that prevent a unique index from being built. */
    public static UniqueIndexViolationException ofDocuments(
            String collection, String index, String value, String id, String otherId) {
        String message = "Unique index '" + index + "' of collection '" + collection + "' cannot be built: documents '"
                + id + "' and '" + otherId + "' both have " + value + "; change one of them first";
        return new UniqueIndexViolationException(message, collection, index);
    }

    public String collection() {
        return collection;
    }

    public String index() {
        return index;
    }

    /** Returns whether existing documents prevent an index from being built; otherwise a write was rejected. */
    public boolean isOfDocuments() {
        return ofDocuments;
    }
}
