package org.storedb.error;

/**
 * Thrown when a compaction was stopped before its end, on request or because the store is being closed; nothing is
 * lost.
 */
public class CompactionCancelledException extends StoreException {

    private static final long serialVersionUID = 1L;

    public CompactionCancelledException(String message) {
        super(message);
    }
}
