package org.storedb.internal.transaction;

/** The outcome of a commit. A refusal is a result, not a failure: nothing was written then. */
public sealed interface CommitOutcome {

    /**
     * Requires that a commit, which nothing could conflict with, has succeeded.
     *
     * @param what the subject of the message, as in "A position"
     * @throws IllegalStateException if it was refused
     */
    default void requireCommitted(String what) {
        if (!(this instanceof Committed)) {
            throw new IllegalStateException(what + " was refused: " + this);
        }
    }

    /**
     * The transaction is committed.
     *
     * @param sequence its position in the order of commits; that of the state before if there was nothing to write
     */
    record Committed(long sequence) implements CommitOutcome {}

    /**
     * Another transaction changed something that this one depends on.
     *
     * @param treeId the tree in which it did
     */
    record Conflict(int treeId) implements CommitOutcome {}

    /**
     * Another document already has a value that must be unique.
     *
     * @param indexTreeId the tree of the index
     * @param key the entry that it would have received
     * @param existingKey the existing entry
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record NotUnique(int indexTreeId, byte[] key, byte[] existingKey) implements CommitOutcome {}
}
