package org.storedb.internal.transaction;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;

/**
 * The trees of one kind as a transaction sees them: those of its snapshot with its own changes. A change is applied
 * only when its tree is read afterwards: a transaction that writes once and commits pays nothing. For one thread.
 */
final class PrivateTrees<V> {

    private final TreeTable<V> base;
    private final Changes<V> changes;
    private final Map<Integer, PrivateTree> trees = new HashMap<>();
    private int start; // Earlier changes are in the trees, or are in none.

    PrivateTrees(TreeTable<V> base, Changes<V> changes) {
        this.base = base;
        this.changes = changes;
    }

    @Nullable
    V get(int treeId, byte[] key) {
        TreeEditor<V> editor = editor(treeId);
        return editor == null ? base.get(treeId).get(key) : editor.get(key);
    }

    long count(int treeId, TreeRange range) {
        TreeEditor<V> editor = editor(treeId);
        return editor == null ? base.get(treeId).count(range) : editor.count(range);
    }

    CountedTree<V> tree(int treeId) {
        TreeEditor<V> editor = editor(treeId);
        return editor == null ? base.get(treeId) : editor.build();
    }

    /** Returns the trees that differ from the snapshot, as they are now. */
    Map<Integer, CountedTree<V>> freeze() {
        for (int number = start; number < changes.size(); number++) {
            editor(changes.treeId(number));
        }
        Map<Integer, CountedTree<V>> frozen = new HashMap<>();
        trees.forEach((treeId, tree) -> {
            TreeEditor<V> editor = tree.editor();
            if (editor != null) {
                frozen.put(treeId, editor.build());
            }
        });
        start = changes.size();
        return frozen;
    }

    /** Restores what {@link #freeze} returned; changes that were made since then are dropped. */
    void restore(Map<Integer, CountedTree<V>> frozen) {
        trees.clear();
        start = changes.size();
        frozen.forEach((treeId, tree) -> trees.put(treeId, new PrivateTree(treeId, tree.edit())));
    }

    /** Returns the editor of a tree with changes, all of them applied; {@code null} if it has none. */
    private @Nullable TreeEditor<V> editor(int treeId) {
        if (trees.isEmpty() && start == changes.size()) {
            return null;
        }
        PrivateTree tree = trees.get(treeId);
        if (tree == null) {
            tree = new PrivateTree(treeId, null);
            trees.put(treeId, tree);
        }
        return tree.editor();
    }

    /** One tree and how many changes were examined for it. */
    private final class PrivateTree {

        private final int treeId;
        private @Nullable TreeEditor<V> editor;
        private int seen = start;

        PrivateTree(int treeId, @Nullable TreeEditor<V> editor) {
            this.treeId = treeId;
            this.editor = editor;
        }

        @Nullable
        TreeEditor<V> editor() {
            TreeEditor<V> current = editor;
            for (int end = changes.size(); seen < end; seen++) {
                if (changes.treeId(seen) == treeId) {
                    if (current == null) {
                        current = base.get(treeId).edit();
                        editor = current;
                    }
                    changes.apply(seen, current);
                }
            }
            return current;
        }
    }

    /** The changes that a transaction has made so far, in order. */
    interface Changes<V> {

        int size();

        /** Returns the tree that a change belongs to. */
        int treeId(int number);

        void apply(int number, TreeEditor<V> editor);
    }
}
