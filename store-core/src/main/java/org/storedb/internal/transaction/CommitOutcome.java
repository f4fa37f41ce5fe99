package org.storedb.internal.transaction;

/** How a commit ended. A refusal is a result, not a failure: nothing was written then. */
public sealed interface CommitOutcome {

    /**
     * It is done.
     *
     * @param sequence its place in the order of commits; that of the state before if there was nothing to write
     */
    record Committed(long sequence) implements CommitOutcome {}

    /**
     * Another transaction changed what this one depends on.
     *
     * @param treeId the tree where it did
     */
    record Conflict(int treeId) implements CommitOutcome {}

    /**
     * Another document has a value that must be unique.
     *
     * @param indexTreeId the tree of the index
     * @param key the entry that it would have got
     * @param existingKey the entry that there is
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record NotUnique(int indexTreeId, byte[] key, byte[] existingKey) implements CommitOutcome {}
}
