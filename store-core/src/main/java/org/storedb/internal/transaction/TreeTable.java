package org.storedb.internal.transaction;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.ValueLayout;

/** Trees by their id; a tree that was never set is empty. Immutable. */
public final class TreeTable<V> {

    private final CountedTree<V> empty;
    private final CountedTree<V>[] byId;

    private TreeTable(CountedTree<V> empty, CountedTree<V>[] byId) {
        this.empty = empty;
        this.byId = byId;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Generic arrays cannot be created otherwise.
    static <V> TreeTable<V> empty(ValueLayout<V> layout) {
        return new TreeTable<>(CountedTree.empty(layout), new CountedTree[0]);
    }

    public CountedTree<V> get(int treeId) {
        return treeId < byId.length ? byId[treeId] : empty;
    }

    /** Returns the number of entries in all trees. */
    long size() {
        long size = 0;
        for (CountedTree<V> tree : byId) {
            size += tree.size();
        }
        return size;
    }

    /** Passes all trees that are not empty to {@code action}, with their ids. */
    public void forEach(BiConsumer<Integer, CountedTree<V>> action) {
        for (int treeId = 0; treeId < byId.length; treeId++) {
            if (!byId[treeId].isEmpty()) {
                action.accept(treeId, byId[treeId]);
            }
        }
    }

    /** Returns the ids of all trees that are not empty. */
    public int[] ids() {
        int[] ids = new int[byId.length];
        int count = 0;
        for (int treeId = 0; treeId < byId.length; treeId++) {
            if (!byId[treeId].isEmpty()) {
                ids[count++] = treeId;
            }
        }
        return Arrays.copyOf(ids, count);
    }

    /** Returns a bound: no tree that was set has this id or a higher one. */
    int length() {
        return byId.length;
    }

    /** Returns a table with the results of some editors; trees without one are unchanged. */
    TreeTable<V> with(@Nullable TreeEditor<V>[] editors) {
        CountedTree<V>[] next = Arrays.copyOf(byId, Math.max(byId.length, editors.length));
        for (int treeId = 0; treeId < next.length; treeId++) {
            TreeEditor<V> editor = treeId < editors.length ? editors[treeId] : null;
            if (editor != null) {
                next[treeId] = editor.build();
            } else if (treeId >= byId.length) {
                next[treeId] = empty;
            }
        }
        return new TreeTable<>(empty, next);
    }

    TreeTable<V> with(Map<Integer, CountedTree<V>> changed) {
        int length = byId.length;
        for (int treeId : changed.keySet()) {
            length = Math.max(length, treeId + 1);
        }
        CountedTree<V>[] next = Arrays.copyOf(byId, length);
        Arrays.fill(next, byId.length, length, empty);
        for (Map.Entry<Integer, CountedTree<V>> tree : changed.entrySet()) {
            next[tree.getKey()] = tree.getValue();
        }
        return new TreeTable<>(empty, next);
    }
}
