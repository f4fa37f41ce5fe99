package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;

/**
 * What one transaction sees and has written so far. Its trees are private versions of the snapshot's, with its own writes
 * in them, so that its queries run as everybody else's do, and a savepoint is a reference to them. For one thread.
 */
public final class ActiveTransaction implements TreeView {

    private final StoreState base;
    private final @Nullable ReadSet reads;
    private final long bytesMax;

    private final PrivateTrees<RecordPointer> records;
    private final PrivateTrees<Presence> indexes;
    private final List<RecordWrite> writes = new ArrayList<>(); // Only grows: a query that is under way may read it.
    private final BitSet rolledBack = new BitSet();
    private final List<IndexChange> indexChanges = new ArrayList<>();
    private final Map<ByteKey, CommitRequest.Pin> pins = new LinkedHashMap<>();
    private long bytes;

    /**
     * A transaction on {@code base}.
     *
     * @param serializable whether what it reads must be unchanged when it commits
     * @param bytesMax most bytes of keys and values that it may write
     */
    public ActiveTransaction(StoreState base, boolean serializable, long bytesMax) {
        this.base = base;
        this.reads = serializable ? new ReadSet() : null;
        this.bytesMax = bytesMax;
        this.records = new PrivateTrees<>(base.records());
        this.indexes = new PrivateTrees<>(base.indexes());
    }

    /** The snapshot that it reads from. */
    public StoreState base() {
        return base;
    }

    @Override
    public CountedTree<RecordPointer> records(int treeId) {
        return records.tree(treeId);
    }

    @Override
    public CountedTree<Presence> index(int treeId) {
        return indexes.tree(treeId);
    }

    @Override
    public @Nullable RecordPointer find(int treeId, byte[] key) {
        return records.get(treeId, key);
    }

    @Override
    public StoredRecord read(byte[] key, RecordPointer pointer) {
        if (pointer.segment() != RecordPointer.BUFFERED) {
            return RecordReader.read(base.segments(), key, pointer);
        }
        RecordWrite write = writes.get(pointer.offset());
        byte[] value = Objects.requireNonNull(write.value(), "A deleted record has no pointer");
        return new StoredRecord(write.revision(), value.clone());
    }

    @Override
    public void noteKeyRead(int treeId, byte[] key) {
        if (reads != null) {
            reads.addKey(treeId, key);
        }
    }

    @Override
    public void noteRangeRead(int treeId, TreeRange range) {
        if (reads != null) {
            reads.addRange(treeId, range);
        }
    }

    /** The commit fails unless the record of {@code key} is then the one of this commit, whatever the isolation. */
    public void pin(int treeId, byte[] key, long sequence) {
        pins.putIfAbsent(new ByteKey(key), new CommitRequest.Pin(treeId, key, sequence));
    }

    /** Whether an index has an entry in {@code range}, the ones of this transaction included. */
    public boolean hasIndexEntry(int treeId, TreeRange range) {
        return indexes.count(treeId, range) > 0;
    }

    /**
     * Sets the record of a key. The arrays must not be changed any more.
     *
     * @throws LimitExceededException if the transaction grows too large
     */
    public void put(int treeId, byte[] key, byte[] value, long revision, boolean blind) {
        count(key.length + value.length);
        int number = writes.size();
        writes.add(new RecordWrite(treeId, key, value, revision, blind));
        records.put(treeId, key, new RecordPointer(RecordPointer.BUFFERED, number, value.length, 0));
    }

    /**
     * Removes a key.
     *
     * @throws LimitExceededException if the transaction grows too large
     */
    public void delete(int treeId, byte[] key, boolean blind) {
        count(key.length);
        writes.add(new RecordWrite(treeId, key, null, 0, blind));
        records.remove(treeId, key);
    }

    /**
     * Adds an index entry.
     *
     * @param uniquePrefixBytes how many bytes at the start of the key no other entry may have; 0 if others may
     */
    public void addIndexEntry(int treeId, byte[] key, int uniquePrefixBytes) {
        indexChanges.add(new IndexChange(treeId, key, true, uniquePrefixBytes));
        indexes.put(treeId, key, Presence.PRESENT);
    }

    /** Removes an index entry. */
    public void removeIndexEntry(int treeId, byte[] key) {
        indexChanges.add(new IndexChange(treeId, key, false, 0));
        indexes.remove(treeId, key);
    }

    /** Remembers what was written so far. */
    public Mark mark() {
        return new Mark(writes.size(), indexChanges.size(), bytes, records.freeze(), indexes.freeze());
    }

    /** Drops what was written since {@code mark}. */
    public void rollbackTo(Mark mark) {
        rolledBack.set(mark.writes, writes.size());
        indexChanges.subList(mark.indexChanges, indexChanges.size()).clear();
        bytes = mark.bytes;
        records.restore(mark.records);
        indexes.restore(mark.indexes);
    }

    public boolean hasWrites() {
        return rolledBack.cardinality() < writes.size();
    }

    /** All that it asks for at its end. */
    public CommitRequest toRequest(boolean durable) {
        return new CommitRequest(
                base, lastWrites(), List.copyOf(indexChanges), reads, List.copyOf(pins.values()), Map.of(), durable);
    }

    /** The last write of each key, by tree and key. */
    private List<RecordWrite> lastWrites() {
        if (writes.size() == 1 && rolledBack.isEmpty()) {
            return List.copyOf(writes); // The usual case: nothing to sort out.
        }
        Map<Integer, Map<byte[], RecordWrite>> byTree = new TreeMap<>();
        for (int i = rolledBack.nextClearBit(0); i < writes.size(); i = rolledBack.nextClearBit(i + 1)) {
            RecordWrite write = writes.get(i);
            byTree.computeIfAbsent(write.treeId(), id -> new TreeMap<>(Arrays::compareUnsigned))
                    .put(write.key(), write);
        }
        List<RecordWrite> last = new ArrayList<>(writes.size());
        byTree.values().forEach(byKey -> last.addAll(byKey.values()));
        return last;
    }

    private void count(int more) {
        if (bytes + more > bytesMax) {
            throw new LimitExceededException(
                    "A transaction may write at most " + bytesMax + " bytes; split it, or raise transactionBytesMax");
        }
        bytes += more;
    }

    /** What a transaction had written at some moment. */
    public static final class Mark {

        private final int writes;
        private final int indexChanges;
        private final long bytes;
        private final Map<Integer, CountedTree<RecordPointer>> records;
        private final Map<Integer, CountedTree<Presence>> indexes;

        private Mark(
                int writes,
                int indexChanges,
                long bytes,
                Map<Integer, CountedTree<RecordPointer>> records,
                Map<Integer, CountedTree<Presence>> indexes) {
            this.writes = writes;
            this.indexChanges = indexChanges;
            this.bytes = bytes;
            this.records = records;
            this.indexes = indexes;
        }
    }
}
