package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;

/**
 * All trees as one reader sees them: those of a snapshot, or those of a transaction with its own writes in them. Whoever
 * reads must say what the result depends on, so that a serializable transaction can be validated.
 */
public interface TreeView {

    /** The tree of records with this id, from key to record; empty if it was never written. */
    CountedTree<RecordPointer> records(int treeId);

    /** The tree of index entries with this id; empty if it was never written. */
    CountedTree<Presence> index(int treeId);

    /** Whether a record of a tree expires some day, not counting what is not committed yet. */
    default boolean isExpiring(int treeId) {
        return false;
    }

    /** Where the record of {@code key} is, or {@code null}; the same as a look-up in {@link #records}, but cheaper. */
    @Nullable
    RecordPointer find(int treeId, byte[] key);

    /**
     * {@link #find} for each of some keys for which nothing was found yet; may be much cheaper than one after the other. A
     * pointer without a sequence is all that it takes to read the record, but if that fails, {@link #records} has another.
     *
     * @param found where the record of each key is; {@code null} before means that nobody has looked, and afterwards that
     *     there is none
     * @param count of keys that are wanted, from the first on
     */
    default void findAll(int treeId, byte[][] keys, @Nullable RecordPointer[] found, int count) {
        for (int at = 0; at < count; at++) {
            if (found[at] == null) {
                found[at] = find(treeId, keys[at]);
            }
        }
    }

    /**
     * Reads the record of {@code key} and verifies its checksum.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    StoredRecord read(byte[] key, RecordPointer pointer);

    /** Only the value of what {@link #read} gives, in an array of the caller's own. */
    default byte[] readValue(byte[] key, RecordPointer pointer) {
        return read(key, pointer).value();
    }

    /**
     * Reads the record of {@code key}, or gives {@code null} if there is none; the same as {@link #find} and
     * {@link #read(byte[], RecordPointer)}, but may be cheaper.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    default @Nullable StoredRecord read(int treeId, byte[] key) {
        RecordPointer pointer = find(treeId, key);
        return pointer == null ? null : read(key, pointer);
    }

    /** Only the value of what {@link #read(int, byte[])} gives. */
    default byte @Nullable [] readValue(int treeId, byte[] key) {
        RecordPointer pointer = find(treeId, key);
        return pointer == null ? null : readValue(key, pointer);
    }

    /**
     * Reads records together if they stand close together; of others {@code target} has none then.
     *
     * @param count of records, from the first on
     * @return whether it has them
     */
    default boolean readRun(RecordPointers pointers, int count, RecordRun target) {
        return false;
    }

    /**
     * Reads the memory that a record lies in; what it gives means nothing. Who will read several records does this for all
     * of them first: then they come from memory at the same time. What is wrong with a record shows when it is read.
     */
    default long touch(int segment, int offset, int length) {
        return 0;
    }

    /** The result depends on whether {@code key} exists and what its record is. The array is not kept. */
    void noteKeyRead(int treeId, byte[] key);

    /** The result depends on which keys {@code range} has and what their records are. */
    void noteRangeRead(int treeId, TreeRange range);
}
