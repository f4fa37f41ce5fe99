package org.storedb.internal.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;

/**
 * The trees of one kind as a transaction sees them: those of its snapshot with its own changes in them. A change is
 * applied only when its tree is read afterwards: a transaction that writes once and commits pays nothing. For one thread.
 */
final class PrivateTrees<V> {

    private final TreeTable<V> base;
    private final Map<Integer, PrivateTree> trees = new HashMap<>();

    PrivateTrees(TreeTable<V> base) {
        this.base = base;
    }

    void put(int treeId, byte[] key, V value) {
        changed(treeId).pending.add(new Change<>(key, value));
    }

    void remove(int treeId, byte[] key) {
        changed(treeId).pending.add(new Change<>(key, null));
    }

    @Nullable
    V get(int treeId, byte[] key) {
        PrivateTree tree = trees.get(treeId);
        return tree == null ? base.get(treeId).get(key) : tree.editor().get(key);
    }

    long count(int treeId, TreeRange range) {
        PrivateTree tree = trees.get(treeId);
        return tree == null ? base.get(treeId).count(range) : tree.editor().count(range);
    }

    CountedTree<V> tree(int treeId) {
        PrivateTree tree = trees.get(treeId);
        return tree == null ? base.get(treeId) : tree.editor().build();
    }

    /** The trees that differ from the snapshot, as they are now. */
    Map<Integer, CountedTree<V>> freeze() {
        Map<Integer, CountedTree<V>> frozen = new HashMap<>();
        trees.forEach((treeId, tree) -> frozen.put(treeId, tree.editor().build()));
        return frozen;
    }

    /** Goes back to what {@link #freeze} gave. */
    void restore(Map<Integer, CountedTree<V>> frozen) {
        trees.clear();
        frozen.forEach((treeId, tree) -> trees.put(treeId, new PrivateTree(tree)));
    }

    private PrivateTree changed(int treeId) {
        PrivateTree tree = trees.get(treeId);
        if (tree == null) {
            tree = new PrivateTree(base.get(treeId));
            trees.put(treeId, tree);
        }
        return tree;
    }

    /** One tree and the changes that it does not have yet. */
    private final class PrivateTree {

        private final CountedTree<V> before;
        private final List<Change<V>> pending = new ArrayList<>(1);
        private @Nullable TreeEditor<V> editor;

        PrivateTree(CountedTree<V> before) {
            this.before = before;
        }

        TreeEditor<V> editor() {
            TreeEditor<V> current = editor;
            if (current == null) {
                current = before.edit();
                editor = current;
            }
            for (Change<V> change : pending) {
                V value = change.value();
                if (value == null) {
                    current.remove(change.key());
                } else {
                    current.put(change.key(), value);
                }
            }
            pending.clear();
            return current;
        }
    }

    /** A value that a key gets; {@code null} if the key is removed. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Change<V>(byte[] key, @Nullable V value) {}
}
