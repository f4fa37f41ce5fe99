package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.error.LimitExceededException;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.RecordExpiry;

/**
 * The view and the writes of one transaction so far. Its trees are private versions of the snapshot's, including its
 * own writes, so its queries run like any others, and a savepoint is a reference to them. For one thread.
 */
public final class ActiveTransaction implements TreeView {

    private final StoreState base;
    private final @Nullable ReadSet reads;
    private final long bytesMax;

    // Most transactions write once and read none of their own writes: the rest is created on demand.
    private final RecordWrites writes = new RecordWrites();
    private List<IndexChange> indexChanges = List.of();
    private Map<ByteKey, CommitRequest.Pin> pins = Map.of();
    private @Nullable PrivateTrees<RecordPointer> records;
    private @Nullable PrivateTrees<Presence> indexes;
    private long bytes;

    /**
     * Creates a transaction on {@code base}.
     *
     * @param serializable whether what it reads must still be unchanged when it commits
     * @param bytesMax maximum bytes of keys and values that it may write
     */
    public ActiveTransaction(StoreState base, boolean serializable, long bytesMax) {
        this.base = base;
        this.reads = serializable ? new ReadSet() : null;
        this.bytesMax = bytesMax;
    }

    /** Returns the snapshot that it reads from. */
    public StoreState base() {
        return base;
    }

    @Override
    public CountedTree<RecordPointer> records(int treeId) {
        return writes.isEmpty() ? base.records().get(treeId) : records().tree(treeId);
    }

    @Override
    public CountedTree<Presence> index(int treeId) {
        return indexes().tree(treeId);
    }

    @Override
    public boolean isExpiring(int treeId) {
        return base.expiries().isExpiring(treeId);
    }

    @Override
    public @Nullable RecordPointer find(int treeId, byte[] key) {
        return writes.isEmpty()
                ? base.records().get(treeId).get(key)
                : records().get(treeId, key);
    }

    @Override
    public StoredRecord read(byte[] key, RecordPointer pointer) {
        if (pointer.segment() != RecordPointer.BUFFERED) {
            return RecordReader.read(base.segments(), key, pointer);
        }
        RecordWrite write = writes.at(pointer);
        byte[] value = Objects.requireNonNull(write.value(), "A deleted record has no pointer");
        return new StoredRecord(write.revision(), value.clone(), write.expiry());
    }

    @Override
    public byte[] readValue(byte[] key, RecordPointer pointer) {
        return pointer.segment() == RecordPointer.BUFFERED
                ? read(key, pointer).value()
                : RecordReader.readValue(base.segments(), key, pointer);
    }

    @Override
    public @Nullable StoredRecord read(int treeId, byte[] key) {
        return writes.isEmpty() ? new StateView(base).read(treeId, key) : TreeView.super.read(treeId, key);
    }

    @Override
    public byte @Nullable [] readValue(int treeId, byte[] key) {
        return writes.isEmpty() ? new StateView(base).readValue(treeId, key) : TreeView.super.readValue(treeId, key);
    }

    @Override
    public long touch(int segment, int offset, int length) {
        return segment == RecordPointer.BUFFERED
                ? 0
                : base.segments().get(segment).touch(offset, length);
    }

    @Override
    public boolean readRun(RecordPointers pointers, int count, RecordRun target) {
        return target.read(base.segments(), pointers, count);
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

    /**
     * Makes the commit fail unless the record of {@code key} is then the one of this commit, whatever the isolation.
     */
    public void pin(int treeId, byte[] key, long sequence) {
        if (pins.isEmpty()) {
            pins = new LinkedHashMap<>();
        }
        pins.putIfAbsent(new ByteKey(key), new CommitRequest.Pin(treeId, key, sequence));
    }

    /** Returns whether an index has an entry in {@code range}, including those of this transaction. */
    public boolean hasIndexEntry(int treeId, TreeRange range) {
        return indexes().count(treeId, range) > 0;
    }

    /**
     * Sets the record of a key. The arrays must not be changed afterwards.
     *
     * @throws LimitExceededException if the transaction grows too large
     */
    public void put(int treeId, byte[] key, byte[] value, long revision, boolean blind) {
        put(treeId, key, value, revision, blind, RecordExpiry.NEVER);
    }

    /**
     * Sets the record of a key. The arrays must not be changed afterwards.
     *
     * @throws LimitExceededException if the transaction grows too large, or the key is too long for a record that
     *     expires
     */
    public void put(int treeId, byte[] key, byte[] value, long revision, boolean blind, RecordExpiry expiry) {
        requireShortEnough(key, expiry);
        count(key.length + value.length);
        writes.add(new RecordWrite(treeId, key, value, revision, blind, expiry, false, 0));
    }

    /**
     * Sets when the record of a key expires, leaving everything else as it is.
     *
     * @param pointer location of the record
     * @param record the record there
     * @throws LimitExceededException if the transaction grows too large, or the key is too long for a record that
     *     expires
     */
    public void putExpiry(int treeId, byte[] key, RecordPointer pointer, StoredRecord record, RecordExpiry expiry) {
        requireShortEnough(key, expiry);
        count(key.length + record.value().length);
        boolean expiryOnly = pointer.segment() != RecordPointer.BUFFERED
                || writes.at(pointer).expiryOnly();
        writes.add(new RecordWrite(treeId, key, record.value(), record.revision(), false, expiry, expiryOnly, 0));
    }

    /**
     * Removes a key.
     *
     * @throws LimitExceededException if the transaction grows too large
     */
    public void delete(int treeId, byte[] key, boolean blind) {
        count(key.length);
        writes.add(new RecordWrite(treeId, key, null, 0, blind));
    }

    /**
     * Adds an index entry.
     *
     * @param uniquePrefixBytes length of the prefix of the key that no other entry may share; 0 if others may
     */
    public void addIndexEntry(int treeId, byte[] key, int uniquePrefixBytes) {
        add(new IndexChange(treeId, key, true, uniquePrefixBytes));
    }

    /** Removes an index entry. */
    public void removeIndexEntry(int treeId, byte[] key) {
        add(new IndexChange(treeId, key, false, 0));
    }

    private void add(IndexChange change) {
        if (indexChanges.isEmpty()) {
            indexChanges = new ArrayList<>();
        }
        indexChanges.add(change);
    }

    /** Returns a mark for what was written so far, with its trees. */
    public Mark mark() {
        return new Mark(
                writes.size(),
                indexChanges.size(),
                bytes,
                new Trees(records().freeze(), indexes().freeze()));
    }

    /** Like {@link #mark}, for writes that rarely fail: costs nothing, but a rollback to it rebuilds the trees. */
    public Mark markWithoutTrees() {
        return new Mark(writes.size(), indexChanges.size(), bytes, null);
    }

    /** Drops what was written since {@code mark}. */
    public void rollbackTo(Mark mark) {
        if (writes.size() == mark.writes && indexChanges.size() == mark.indexChanges) {
            return;
        }
        writes.rollBackTo(mark.writes);
        if (indexChanges.size() > mark.indexChanges) {
            indexChanges.subList(mark.indexChanges, indexChanges.size()).clear();
        }
        bytes = mark.bytes;
        Trees trees = mark.trees;
        if (trees == null) {
            records = null;
            indexes = null;
        } else {
            records().restore(trees.records);
            indexes().restore(trees.indexes);
        }
    }

    public boolean hasWrites() {
        return writes.hasEffect();
    }

    /** Returns everything that the transaction requests at its end. */
    public CommitRequest toRequest(boolean durable) {
        return new CommitRequest(
                base,
                writesWithReplaced(),
                indexChanges.isEmpty() ? List.of() : List.copyOf(indexChanges),
                reads,
                pins.isEmpty() ? List.of() : List.copyOf(pins.values()),
                Map.of(),
                durable);
    }

    /** Returns the last write of each key, each with the expiry of the record that it replaces. */
    private List<RecordWrite> writesWithReplaced() {
        List<RecordWrite> last = writes.last();
        if (base.expiries().upcomingCount() == 0) {
            return last;
        }
        List<RecordWrite> complete = new ArrayList<>(last.size());
        for (RecordWrite write : last) {
            long replaced = expiryInBase(write.treeId(), write.key());
            complete.add(replaced == 0 ? write : write.replacing(replaced));
        }
        return complete;
    }

    private long expiryInBase(int treeId, byte[] key) {
        RecordPointer pointer =
                base.expiries().isExpiring(treeId) ? base.records().get(treeId).get(key) : null;
        if (pointer == null) {
            return 0;
        }
        try {
            return RecordReader.readVerified(base.segments(), key, pointer)
                    .expiry()
                    .millis();
        } catch (StoreException e) { // A damaged record may be replaced.
            return base.expiries().findUpcoming(treeId, key);
        }
    }

    private PrivateTrees<RecordPointer> records() {
        PrivateTrees<RecordPointer> trees = records;
        if (trees == null) {
            trees = new PrivateTrees<>(base.records(), writes);
            records = trees;
        }
        return trees;
    }

    private PrivateTrees<Presence> indexes() {
        PrivateTrees<Presence> trees = indexes;
        if (trees == null) {
            trees = new PrivateTrees<>(base.indexes(), new IndexChanges());
            indexes = trees;
        }
        return trees;
    }

    private static void requireShortEnough(byte[] key, RecordExpiry expiry) {
        if (!expiry.isNever() && key.length > Expiries.KEY_BYTES_MAX) {
            throw new LimitExceededException(
                    "A key or id of " + key.length + " bytes is too long for a document or value that expires: at most "
                            + Expiries.KEY_BYTES_MAX + " are possible");
        }
    }

    private void count(int more) {
        if (bytes + more > bytesMax) {
            throw new LimitExceededException(
                    "A transaction may write at most " + bytesMax + " bytes; split it, or raise transactionBytesMax");
        }
        bytes += more;
    }

    /** The changes of index entries. */
    private final class IndexChanges implements PrivateTrees.Changes<Presence> {

        @Override
        public int size() {
            return indexChanges.size();
        }

        @Override
        public int treeId(int number) {
            return indexChanges.get(number).treeId();
        }

        @Override
        public void apply(int number, TreeEditor<Presence> editor) {
            IndexChange change = indexChanges.get(number);
            if (change.added()) {
                editor.put(change.key(), Presence.PRESENT);
            } else {
                editor.remove(change.key());
            }
        }
    }

    /** The writes of a transaction up to some point. Without the trees, they are rebuilt from the writes. */
    public static final class Mark {

        private final int writes;
        private final int indexChanges;
        private final long bytes;
        private final @Nullable Trees trees;

        private Mark(int writes, int indexChanges, long bytes, @Nullable Trees trees) {
            this.writes = writes;
            this.indexChanges = indexChanges;
            this.bytes = bytes;
            this.trees = trees;
        }
    }

    /** The trees that differ from those of the snapshot, by their ids. */
    private record Trees(
            Map<Integer, CountedTree<RecordPointer>> records, Map<Integer, CountedTree<Presence>> indexes) {}
}
