package org.storedb.internal.index;

import java.util.Arrays;
import org.storedb.internal.bytes.Touched;

/**
 * Leaves that are about to be changed, read before: their waits for memory then pass at the same time, where a change would
 * wait several times, and the next change after it. For one thread.
 */
public final class LeavesAhead {

    private final Child[] leaves;
    private int count;

    /** Has room for so many leaves. */
    public LeavesAhead(int most) {
        this.leaves = new Child[most];
    }

    /** Adds the leaf that has {@code key} or is to have it. Keys are expected in ascending order. */
    public void add(TreeEditor<?> editor, byte[] key) {
        if (editor.root() instanceof Inner root) {
            Child leaf = root.leafUnread(key);
            if (count == 0 || leaves[count - 1] != leaf) {
                leaves[count++] = leaf;
            }
        }
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
    }
}
