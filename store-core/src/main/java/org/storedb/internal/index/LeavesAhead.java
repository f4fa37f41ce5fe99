package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.Touched;

/**
 * Leaves of one tree that are about to be changed, read in advance: their waits for memory then overlap, where a change
 * would wait several times, and the next change again. For one thread.
 */
public final class LeavesAhead {

    private final TreeEditor<?> editor;
    private final Child[] leaves;
    private int count;

    /** The node above the leaf that was added last, and the end of its keys; {@code null} if there is none. */
    private @Nullable Inner parent;

    private byte @Nullable [] parentEnd;

    /** Creates room for this many leaves of the current tree in {@code editor}. */
    public LeavesAhead(TreeEditor<?> editor, int most) {
        this.editor = editor;
        this.leaves = new Child[most];
    }

    /** Adds the leaf that has {@code key} or would have it. Keys are expected in ascending order. */
    public void add(byte[] key) {
        Inner above = parentOf(key);
        if (above != null) {
            Child leaf = above.childUnread(above.childIndex(key));
            if (count == 0 || leaves[count - 1] != leaf) {
                leaves[count++] = leaf;
            }
        }
    }

    /**
     * Returns the node above the leaf for a key that is not below the previous ones; {@code null} if the tree is a
     * single leaf.
     */
    private @Nullable Inner parentOf(byte[] key) {
        boolean isSame = parent != null && (parentEnd == null || Arrays.compareUnsigned(key, parentEnd) < 0);
        if (!isSame) {
            goDownTo(key);
        }
        return parent;
    }

    private void goDownTo(byte[] key) {
        forgetParent();
        if (editor.root() instanceof Inner root) {
            Inner inner = root;
            while (inner.height() > 1) {
                int index = inner.childIndex(key);
                parentEnd = index == inner.childCount() - 1 ? parentEnd : inner.key(index);
                inner = (Inner) inner.childUnread(index);
            }
            parent = inner;
        }
    }

    private void forgetParent() {
        parent = null;
        parentEnd = null;
    }

    /** Reads the leaves, and forgets them. */
    public void read() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += leaves[i].size();
        }
        Touched.keep(sum);
        for (int i = 0; i < count; i++) {
            sum += leaves[i] instanceof Leaf leaf ? leaf.touch() : 0;
        }
        Touched.keep(sum);
        Arrays.fill(leaves, 0, count, null);
        count = 0;
        forgetParent(); // Next time the tree may be another one.
    }
}
