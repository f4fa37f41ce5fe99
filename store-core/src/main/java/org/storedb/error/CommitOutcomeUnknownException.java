package org.storedb.error;

/**
 * Thrown when writing failed in the middle of a commit: after the next open all of its writes are there or none. The
 * store accepts no more writes.
 */
public class CommitOutcomeUnknownException extends StoreFailedException {

    private static final long serialVersionUID = 1L;

    public CommitOutcomeUnknownException(String message) {
        super(message);
    }

    public CommitOutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
