package org.storedb.internal.salvage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;

/** The operation with the highest sequence for each key, in whatever order they arrive. */
final class NewestOperations {

    /** Stands for a segment: the key was deleted. */
    private static final int DELETED = -2;

    private final Map<Integer, TreeEditor<RecordPointer>> byTree = new HashMap<>();

    void put(int treeId, byte[] key, RecordPointer pointer) {
        RecordPointer current = editor(treeId).get(key);
        if (current == null || pointer.sequence() > current.sequence()) {
            editor(treeId).put(key, pointer);
        }
    }

    void delete(int treeId, byte[] key, long sequence) {
        put(treeId, key, new RecordPointer(DELETED, 0, 0, sequence));
    }

    /** Returns whether an operation on a key is newer than a sequence. */
    boolean hasNewer(int treeId, byte[] key, long sequence) {
        RecordPointer current = editor(treeId).get(key);
        return current != null && current.sequence() > sequence;
    }

    boolean hasRecord(int treeId, byte[] key) {
        RecordPointer current = editor(treeId).get(key);
        return current != null && current.segment() != DELETED;
    }

    /** Returns the trees with any operations, by id. */
    Set<Integer> trees() {
        return new TreeMap<>(byTree).keySet();
    }

    long size() {
        return byTree.values().stream().mapToLong(TreeEditor::size).sum();
    }

    /** Passes on all records of a tree, by key. */
    void forEachRecord(int treeId, RecordAction action) {
        TreeCursor<RecordPointer> cursor = editor(treeId).build().cursor(TreeRange.all());
        while (cursor.next()) {
            RecordPointer pointer = cursor.value();
            if (pointer.segment() != DELETED) {
                action.accept(cursor.key(), pointer);
            }
        }
    }

    private TreeEditor<RecordPointer> editor(int treeId) {
        return byTree.computeIfAbsent(
                treeId, id -> CountedTree.empty(RecordPointer.LAYOUT).edit());
    }

    /** Receives a record. */
    @FunctionalInterface
    interface RecordAction {
        void accept(byte[] key, RecordPointer pointer);
    }
}
