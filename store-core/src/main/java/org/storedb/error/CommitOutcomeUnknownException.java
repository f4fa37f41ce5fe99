package org.storedb.error;

/** Writing failed in the middle of this commit: after the next open its writes are there as a whole or not at all. The store accepts no more writes. */
public class CommitOutcomeUnknownException extends StoreFailedException {

    private static final long serialVersionUID = 1L;

    public CommitOutcomeUnknownException(String message) {
        super(message);
    }

    public CommitOutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
