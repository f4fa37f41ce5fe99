package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.KeyOrder;
import org.storedb.internal.index.TreeEditor;

/**
 * The writes of records by one transaction, in their order; the location of an uncommitted record is the number of its
 * write. A write that is rolled back stays, since a running query may read it, but has no effect. For one thread.
 */
final class RecordWrites implements PrivateTrees.Changes<RecordPointer> {

    private final List<RecordWrite> writes = new ArrayList<>(1); // Most transactions write once.
    private @Nullable BitSet rolledBack;

    void add(RecordWrite write) {
        writes.add(write);
    }

    /** Returns the write of an uncommitted record. */
    RecordWrite at(RecordPointer pointer) {
        return writes.get(pointer.offset());
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /** Returns the number of all writes, including those that were rolled back. */
    @Override
    public int size() {
        return writes.size();
    }

    /** Returns whether any write was not rolled back. */
    boolean hasEffect() {
        return (rolledBack == null ? 0 : rolledBack.cardinality()) < writes.size();
    }

    /** Rolls back all writes except the first {@code kept}. */
    void rollBackTo(int kept) {
        if (rolledBack == null) {
            rolledBack = new BitSet();
        }
        rolledBack.set(kept, writes.size());
    }

    /** Returns the last write of each key, by tree and key. */
    List<RecordWrite> last() {
        BitSet dropped = rolledBack;
        if (dropped == null && writes.size() == 1) {
            return List.of(writes.get(0)); // The usual case: nothing to sort.
        }
        if (dropped == null) {
            dropped = new BitSet();
        }
        Map<Integer, List<RecordWrite>> byTree = new TreeMap<>();
        for (int i = dropped.nextClearBit(0); i < writes.size(); i = dropped.nextClearBit(i + 1)) {
            RecordWrite write = writes.get(i);
            byTree.computeIfAbsent(write.treeId(), id -> new ArrayList<>()).add(write);
        }
        List<RecordWrite> last = new ArrayList<>(writes.size());
        byTree.values().forEach(ofTree -> addLastOfEachKey(KeyOrder.sorted(ofTree, RecordWrite::key), last));
        return last;
    }

    private static void addLastOfEachKey(List<RecordWrite> byKey, List<RecordWrite> target) {
        for (int i = 0; i < byKey.size(); i++) {
            RecordWrite write = byKey.get(i);
            if (i + 1 == byKey.size()
                    || !Arrays.equals(write.key(), byKey.get(i + 1).key())) {
                target.add(write);
            }
        }
    }

    @Override
    public int treeId(int number) {
        return writes.get(number).treeId();
    }

    @Override
    public void apply(int number, TreeEditor<RecordPointer> editor) {
        if (rolledBack != null && rolledBack.get(number)) {
            return;
        }
        RecordWrite write = writes.get(number);
        byte[] value = write.value();
        if (value == null) {
            editor.remove(write.key());
        } else {
            editor.put(write.key(), new RecordPointer(RecordPointer.BUFFERED, number, value.length, 0));
        }
    }
}
