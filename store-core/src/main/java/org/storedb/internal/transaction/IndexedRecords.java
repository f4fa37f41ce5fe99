package org.storedb.internal.transaction;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;
import org.storedb.internal.index.LeafEntries;
import org.storedb.internal.index.Presence;

/**
 * The records that all entries of a leaf of an index lead to. A record can change without a change of the leaf: each is
 * therefore kept with its location, and is right for a reader if hints say that the record of its key is still there.
 * Safe for use by many threads.
 */
final class IndexedRecords implements KeptRecords {

    /** Key object, hash, location, offset and length. */
    private static final int OVERHEAD_BYTES_PER_ENTRY = 24 + 2 * Long.BYTES + 2 * Integer.BYTES;

    private final byte[][] keys;
    private final LeafValues values;
    private final long[] hashes;
    private final long[] locations;
    private final int[] offsets;
    private final int[] lengths;
    private int outdated; // Any threads may write it at once: it need not be exact.

    private IndexedRecords(byte[][] keys, LeafValues values, RecordPointer[] pointers) {
        int count = keys.length;
        this.keys = keys;
        this.values = values;
        this.hashes = new long[count];
        this.locations = new long[count];
        this.offsets = new int[count];
        this.lengths = new int[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = RecordHints.hash(keys[i]);
            locations[i] = RecordHints.location(keys[i], pointers[i]);
            offsets[i] = pointers[i].offset();
            lengths[i] = pointers[i].length();
        }
    }

    /**
     * Reads and verifies the records that all entries of a leaf lead to.
     *
     * @param recordTreeId the tree of the records
     * @param toRecordKey returns the key of the record that an entry leads to
     * @return {@code null} if they are too long, or if hints do not tell of most of them that they are right
     * @throws org.storedb.error.CorruptStoreException if one is damaged
     */
    static @Nullable IndexedRecords read(
            StateView view, int recordTreeId, LeafEntries<Presence> leaf, UnaryOperator<byte[]> toRecordKey) {
        int count = leaf.count();
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = toRecordKey.apply(leaf.key(i));
        }
        @Nullable RecordPointer[] found = new RecordPointer[count];
        view.findAll(recordTreeId, keys, found, count);
        RecordPointers pointers = new RecordPointers(count);
        RecordPointer[] all = new RecordPointer[count];
        for (int i = 0; i < count; i++) {
            RecordPointer pointer = found[i];
            if (pointer == null) {
                return null; // The scan will come to that entry, and report it.
            }
            all[i] = pointer;
            pointers.set(i, keys[i], pointer);
        }
        LeafValues values = LeafValues.read(view, pointers);
        if (values == null) {
            return null;
        }
        IndexedRecords records = new IndexedRecords(keys, values, all);
        return records.forgetUnknown(view, recordTreeId) > count / 2 ? records : null;
    }

    /** Forgets the locations of which hints cannot tell whether they are right; returns how many are left. */
    private int forgetUnknown(StateView view, int recordTreeId) {
        int left = keys.length;
        for (int i = 0; i < keys.length; i++) {
            if (!isCurrent(view, recordTreeId, i)) {
                locations[i] = HintTable.NOWHERE;
                left--;
            }
        }
        return left;
    }

    /** Reads the memory that {@link #isCurrent} will need for all records, so that it arrives at the same time. */
    void touchHints(StateView view, int recordTreeId) {
        long sum = 0;
        for (long hash : hashes) {
            sum += view.state().hints().touch(recordTreeId, hash);
        }
        Touched.keep(sum);
    }

    /** Returns whether a record is certainly that of its key in a state. */
    boolean isCurrent(StateView view, int recordTreeId, int position) {
        return view.isAt(recordTreeId, hashes[position], locations[position]);
    }

    /**
     * Notes that a record was wanted that is no longer current, if it ever was.
     *
     * @return whether that has taken as long as reading all of them again would
     */
    boolean noteOutdated(int position) {
        return locations[position] != HintTable.NOWHERE && ++outdated >= keys.length;
    }

    KeptRecord record(int position) {
        RecordPointer pointer =
                new RecordPointer(RecordHints.segment(locations[position]), offsets[position], lengths[position], 0);
        return new KeptRecord(
                keys[position], pointer, new StoredRecord(values.revision(position), values.value(position)));
    }

    @Override
    public int memoryBytes() {
        int bytes = values.memoryBytes();
        for (byte[] key : keys) {
            bytes += OVERHEAD_BYTES_PER_ENTRY + key.length;
        }
        return bytes;
    }
}
