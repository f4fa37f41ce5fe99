package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds a tree bottom up from entries in ascending order of their keys. For one thread, for one tree. */
public final class TreeBuilder<V> {

    private final TreeEditor<V> editor;
    private byte @Nullable [] last;

    public TreeBuilder(ValueLayout<V> layout) {
        this.editor = CountedTree.empty(layout).edit();
    }

    /**
     * Adds the next entry.
     *
     * @throws IllegalArgumentException if {@code key} is not above the last one, or longer than
     *     {@link CountedTree#KEY_BYTES_MAX}
     */
    public void add(byte[] key, V value) {
        if (last != null && Arrays.compareUnsigned(last, key) >= 0) {
            throw new IllegalArgumentException("keys must be strictly ascending");
        }
        editor.put(key, value);
        last = key.clone();
    }

    public CountedTree<V> build() {
        return editor.build();
    }
}
