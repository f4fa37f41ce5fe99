package org.storedb.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * Makes the next version of a tree. Each node on the path to a change is copied once; later changes are made in the
 * copy. For one thread at a time.
 */
public final class TreeEditor<V> {

    private final ValueLayout<V> layout;
    private final long[] words;
    private Object session = new Object();
    private Node root;

    TreeEditor(ValueLayout<V> layout, Node root) {
        this.layout = layout;
        this.words = new long[layout.words()];
        this.root = root;
    }

    public @Nullable V get(byte[] key) {
        return root.get(key, layout);
    }

    public boolean contains(byte[] key) {
        return root.contains(key);
    }

    public long size() {
        return root.size();
    }

    public long count(TreeRange range) {
        return root.count(range);
    }

    /**
     * Puts a value; the key's bytes are copied.
     *
     * @return the value that the key had before, or {@code null} if it was absent
     * @throws IllegalArgumentException if the key is longer than {@link CountedTree#KEY_BYTES_MAX}
     */
    public @Nullable V put(byte[] key, V value) {
        KeyLength.check(key);
        layout.write(value, words, 0);
        root = root.editable(session);
        if (!root.put(key, words)) {
            return layout.read(words, 0, words.length);
        }
        if (root.isOverfull()) {
            root = Inner.above(root, key, session);
        }
        return null;
    }

    /**
     * Puts many values with ascending keys; costs less than one by one.
     *
     * @throws IllegalArgumentException if a key is longer than {@link CountedTree#KEY_BYTES_MAX}
     */
    public void putAll(AscendingPuts<V> puts) {
        PutRun<V> run = new PutRun<>(puts, layout);
        while (run.hasNext()) {
            root = root.editable(session);
            root.putAll(run, null);
            if (root.isOverfull()) {
                root = Inner.above(root, run.lastKey(), session);
            }
        }
    }

    /**
     * Removes an entry.
     *
     * @return the value that the key had, or {@code null} if it was absent
     */
    public @Nullable V remove(byte[] key) {
        if (!root.contains(key)) {
            return null;
        }
        root = root.editable(session);
        root.remove(key, words);
        while (root instanceof Inner inner && inner.childCount() == 1) {
            root = inner.child(0);
        }
        return layout.read(words, 0, words.length);
    }

    Node root() {
        return root;
    }

    /** Returns the tree as it is now. The editor can be used further: later changes are not visible in the tree. */
    public CountedTree<V> build() {
        session = new Object();
        return new CountedTree<>(layout, root);
    }
}
