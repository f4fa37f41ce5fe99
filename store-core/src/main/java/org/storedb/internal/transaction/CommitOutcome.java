package org.storedb.internal.transaction;

/** The outcome of a commit. A refusal is a result, not a failure: nothing was written then. */
public sealed interface CommitOutcome {

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
