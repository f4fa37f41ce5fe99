package org.storedb.error;

/**
 * Thrown when a document was changed since it was read; nothing was written. Read it again and reconsider the change.
 */
public class RevisionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final long expected;
    private final long actual;

    public RevisionConflictException(String collection, Object id, long expected, long actual) {
        super("Document '" + id + "' of collection '" + collection + "' has revision " + actual + ", not " + expected
                + ": it was changed in the meantime; read it again and repeat the change");
        this.expected = expected;
        this.actual = actual;
    }

    public long expected() {
        return expected;
    }

    public long actual() {
        return actual;
    }
}
