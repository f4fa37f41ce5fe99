package org.storedb.internal.recovery;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeBuilder;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.SpaceAccounting;

/**
 * The records of one tree while the log is replayed, its deletes, and its changes since the checkpoint. Operations take
 * effect when they are flushed.
 */
final class TreeReplay {

    private static final int CHANGED_LEAST = 1000;

    /** A tree is rebuilt, not edited, for at least this many operations, if they are also this share of its entries. */
    private static final int REBUILT_LEAST = 1000;

    private static final int REBUILT_SHARE = 4;

    private final int treeId;
    private final CountedTree<RecordPointer> before;
    private final long startSequence;
    private final SpaceAccounting accounting;
    private final boolean notesChanges;
    private final OperationBatch batch = new OperationBatch();
    private final Map<ByteKey, Long> deletes = new HashMap<>();
    private TreeEditor<RecordPointer> records;
    private @Nullable Set<ByteKey> changed = new HashSet<>();
    private boolean edited;

    /**
     * Creates the replay of a tree.
     *
     * @param before the tree on which it is based
     * @param startSequence the last commit in that tree
     * @param notesChanges whether to note what changes
     */
    TreeReplay(
            int treeId,
            CountedTree<RecordPointer> before,
            long startSequence,
            boolean notesChanges,
            SpaceAccounting accounting) {
        this.treeId = treeId;
        this.before = before;
        this.startSequence = startSequence;
        this.accounting = accounting;
        this.notesChanges = notesChanges;
        this.records = before.edit();
    }

    int treeId() {
        return treeId;
    }

    void addPut(long sequence, byte[] key, int segmentId, int recordOffset, int recordLength) {
        batch.addPut(sequence, key, segmentId, recordOffset, recordLength);
    }

    void addDelete(long sequence, byte[] key) {
        batch.addDelete(sequence, key);
    }

    /** Applies the operations that were added. */
    void flush() {
        if (!batch.isEmpty()) {
            apply(batch.sorted());
            batch.clear();
        }
    }

    private void apply(OperationBatch.Operations operations) {
        if (operations.size() >= Math.max(REBUILT_LEAST, records.size() / REBUILT_SHARE)) {
            rebuild(operations);
        } else {
            edit(operations);
        }
    }

    /** Merges the tree with the operations. */
    private void rebuild(OperationBatch.Operations operations) {
        TreeCursor<RecordPointer> entries = records.build().cursor(TreeRange.all());
        TreeBuilder<RecordPointer> rebuilt = new TreeBuilder<>(RecordPointer.LAYOUT);
        byte[] entryKey = nextKey(entries);
        boolean more = operations.next();
        while (more) {
            byte[] key = operations.key();
            int order = entryKey == null ? 1 : Arrays.compareUnsigned(entryKey, key);
            if (entryKey != null && order < 0) {
                rebuilt.add(entryKey, entries.value());
                entryKey = nextKey(entries);
                continue;
            }
            RecordPointer current = order == 0 ? entries.value() : null;
            entryKey = order == 0 ? nextKey(entries) : entryKey;
            do {
                current = afterwards(current, operations);
                more = operations.next();
            } while (more && Arrays.equals(operations.key(), key));
            if (current != null) {
                rebuilt.add(key, current);
            }
        }
        while (entryKey != null) {
            rebuilt.add(entryKey, entries.value());
            entryKey = nextKey(entries);
        }
        records = rebuilt.build().edit();
    }

    private static byte @Nullable [] nextKey(TreeCursor<RecordPointer> entries) {
        return entries.next() ? entries.key() : null;
    }

    private void edit(OperationBatch.Operations operations) {
        boolean more = operations.next();
        while (more) {
            byte[] key = operations.key();
            RecordPointer found = records.get(key);
            RecordPointer current = found;
            do {
                current = afterwards(current, operations);
                more = operations.next();
            } while (more && Arrays.equals(operations.key(), key));
            if (current == null && found != null) {
                records.remove(key);
            } else if (current != null && !current.equals(found)) {
                records.put(key, current);
            }
        }
    }

    /** Returns the record of a key after its next operation. */
    private @Nullable RecordPointer afterwards(@Nullable RecordPointer current, OperationBatch.Operations operation) {
        return operation.isDelete() ? afterDelete(current, operation) : afterPut(current, operation);
    }

    private @Nullable RecordPointer afterDelete(@Nullable RecordPointer current, OperationBatch.Operations operation) {
        byte[] key = operation.key();
        deletes.merge(new ByteKey(key), operation.sequence(), Math::max);
        if (current == null || current.sequence() >= operation.sequence()) {
            return current;
        }
        died(key, current);
        noteChanged(key);
        edited = true;
        return null;
    }

    private @Nullable RecordPointer afterPut(@Nullable RecordPointer current, OperationBatch.Operations operation) {
        byte[] key = operation.key();
        RecordPointer pointer = new RecordPointer(
                operation.segmentId(), operation.recordOffset(), operation.recordLength(), operation.sequence());
        if (isOutdated(operation.sequence(), key, current)) {
            died(key, pointer);
            return current;
        }
        if (operation.sequence() > startSequence) {
            noteChanged(key);
        }
        if (pointer.equals(current)) { // True if a checkpoint points there already.
            return current;
        }
        if (current != null) {
            died(key, current);
        }
        edited = true;
        return pointer;
    }

    private boolean isOutdated(long operationSequence, byte[] key, @Nullable RecordPointer current) {
        if (operationSequence <= startSequence) {
            return current == null || current.sequence() != operationSequence;
        }
        return (current != null && current.sequence() > operationSequence) || deletedSince(key) > operationSequence;
    }

    private void died(byte[] key, RecordPointer record) {
        accounting.died(record.segment(), treeId, key.length, record.length(), record.sequence());
    }

    private long deletedSince(byte[] key) {
        return deletes.isEmpty() ? 0 : deletes.getOrDefault(new ByteKey(key), 0L);
    }

    /** Notes a change, unless there are so many that rebuilding what depends on them is faster than updating it. */
    private void noteChanged(byte[] key) {
        if (notesChanges && changed != null) {
            changed.add(new ByteKey(key));
            if (changed.size() > Math.max(CHANGED_LEAST, before.size() / 8)) {
                changed = null;
            }
        }
    }

    /** Returns the tree; the same instance if unchanged, so that whatever was derived from it is still valid. */
    CountedTree<RecordPointer> build() {
        return edited ? records.build() : before;
    }

    /** Returns the keys whose records have changed, or {@code null} if they are too many. */
    @Nullable
    Set<ByteKey> changed() {
        return changed;
    }

    /** Removes all records that are not in these segments. */
    void removeGone(Set<Integer> segmentIds) {
        TreeCursor<RecordPointer> cursor = build().cursor(TreeRange.all());
        while (cursor.next()) {
            if (!segmentIds.contains(cursor.value().segment())) {
                byte[] key = cursor.key();
                records.remove(key);
                edited = true;
                noteChanged(key);
            }
        }
    }

    /** Returns whether all records are in these segments. */
    boolean isWithin(Set<Integer> segmentIds) {
        TreeCursor<RecordPointer> cursor = records.build().cursor(TreeRange.all());
        int last = RecordPointer.BUFFERED;
        while (cursor.next()) {
            int id = cursor.value().segment();
            if (id != last && !segmentIds.contains(id)) {
                return false;
            }
            last = id;
        }
        return true;
    }
}
