package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;

/**
 * All trees as one reader sees them: those of a snapshot, or those of a transaction with its own writes. A reader must
 * declare what its result depends on, so that a serializable transaction can be validated.
 */
public interface TreeView {

    /** Returns the tree of records with this id, from key to record; empty if it was never written. */
    CountedTree<RecordPointer> records(int treeId);

    /** Returns the tree of index entries with this id; empty if it was never written. */
    CountedTree<Presence> index(int treeId);

    /** Returns whether any record of a tree will expire, not counting uncommitted ones. */
    default boolean isExpiring(int treeId) {
        return false;
    }

    /**
     * Returns the location of the record of {@code key}, or {@code null}; the same as a lookup in {@link #records}, but
     * cheaper.
     */
    @Nullable
    RecordPointer find(int treeId, byte[] key);

    /**
     * Finds, like {@link #find}, those of some keys for which nothing was found yet; may be much cheaper than one call
     * after another. A pointer without a sequence suffices to read the record, but if that fails, {@link #records} has
     * another.
     *
     * @param found location of each key's record; {@code null} means not searched before the call, and no record after
     *     it
     * @param count number of wanted keys, counted from the first
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

    /** Reads only the value of what {@link #read} returns, in an array owned by the caller. */
    default byte[] readValue(byte[] key, RecordPointer pointer) {
        return read(key, pointer).value();
    }

    /**
     * Reads the record of {@code key}, or returns {@code null} if there is none; the same as {@link #find} and
     * {@link #read(byte[], RecordPointer)}, but may be cheaper.
     *
     * @throws org.storedb.error.CorruptStoreException if it is damaged
     */
    default @Nullable StoredRecord read(int treeId, byte[] key) {
        RecordPointer pointer = find(treeId, key);
        return pointer == null ? null : read(key, pointer);
    }

    /** Reads only the value of what {@link #read(int, byte[])} returns. */
    default byte @Nullable [] readValue(int treeId, byte[] key) {
        RecordPointer pointer = find(treeId, key);
        return pointer == null ? null : readValue(key, pointer);
    }

    /**
     * Reads records together if they are close together; otherwise {@code target} has none.
     *
     * @param count number of records, counted from the first
     * @return whether {@code target} has them
     */
    default boolean readRun(RecordPointers pointers, int count, RecordRun target) {
        return false;
    }

    /**
     * Reads the memory that contains a record; the return value means nothing. A caller that will read several records
     * first does this for all of them, so that they come from memory at the same time. What is wrong with a record
     * shows when it is read.
     */
    default long touch(int segment, int offset, int length) {
        return 0;
    }

    /**
     * Does that for several records.
     *
     * @param count number of records, counted from the first
     */
    default void touchAll(RecordPointers pointers, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += touch(pointers.segment(i), pointers.offset(i), pointers.length(i));
        }
        Touched.keep(sum);
    }

    /** Notes that the result depends on whether {@code key} exists and what its record is. The array is not kept. */
    void noteKeyRead(int treeId, byte[] key);

    /** Notes that the result depends on which keys {@code range} has and what their records are. */
    void noteRangeRead(int treeId, TreeRange range);
}
