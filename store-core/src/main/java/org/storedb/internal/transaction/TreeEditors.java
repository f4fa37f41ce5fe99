package org.storedb.internal.transaction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeEditor;

/** The trees of one kind while the next version of some of them is made. For one thread. */
final class TreeEditors<V> {

    private static final TreeEditor<?>[] NONE = {};

    private final TreeTable<V> before;
    private @Nullable TreeEditor<V>[] byId;

    @SuppressWarnings("unchecked") // An empty array is an array of any type.
    TreeEditors(TreeTable<V> before) {
        this.before = before;
        this.byId = (TreeEditor<V>[]) NONE;
    }

    /** Returns the editor of a tree that was changed, or {@code null}. */
    @Nullable
    TreeEditor<V> find(int treeId) {
        return treeId < byId.length ? byId[treeId] : null;
    }

    /** Returns the editor of a tree that is to be changed. */
    TreeEditor<V> edit(int treeId) {
        TreeEditor<V> editor = find(treeId);
        return editor == null ? set(treeId, before.get(treeId)) : editor;
    }

    /** Puts another tree in place of the existing one. */
    void install(int treeId, CountedTree<V> tree) {
        set(treeId, tree);
    }

    /** Returns the tree as it is now. */
    CountedTree<V> tree(int treeId) {
        TreeEditor<V> editor = find(treeId);
        return editor == null ? before.get(treeId) : editor.build();
    }

    /** Returns all trees as they are now. */
    TreeTable<V> build() {
        return byId.length == 0 ? before : before.with(byId);
    }

    private TreeEditor<V> set(int treeId, CountedTree<V> tree) {
        if (treeId >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(treeId + 1, before.length()), editors());
        }
        TreeEditor<V> editor = tree.edit();
        byId[treeId] = editor;
        return editor;
    }

    @SuppressWarnings("unchecked") // There is no class of a generic array.
    private Class<TreeEditor<V>[]> editors() {
        return (Class<TreeEditor<V>[]>) (Class<?>) TreeEditor[].class;
    }
}
