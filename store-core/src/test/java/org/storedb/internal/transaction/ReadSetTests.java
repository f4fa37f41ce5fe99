package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.index.TreeRange;

class ReadSetTests {

    private static final int PARTS = 10_000;

    private final ReadSet reads = new ReadSet();

    @Test
    void keyIsRememberedOnceAndNotKept() {
        byte[] key = {1};
        reads.addKey(1, key);
        reads.addKey(1, key);
        key[0] = 2;

        assertThat(tree(1).keys()).singleElement().matches(each -> each.bytes()[0] == 1);
    }

    @Test
    void manyKeysOfATreeBecomeTheWholeTree() {
        fill();
        reads.addKey(2, key(0));
        assertThat(tree(1).keys()).hasSize(PARTS);
        reads.addKey(1, key(PARTS));

        assertThat(tree(1).keys()).isEmpty();
        assertThat(tree(1).ranges()).containsExactly(TreeRange.all());
        reads.addKey(1, key(PARTS + 1));
        reads.addRange(1, TreeRange.prefix(key(1)));
        assertThat(tree(1).keys()).isEmpty();
        assertThat(tree(1).ranges()).containsExactly(TreeRange.all());
        assertThat(tree(2).keys()).hasSize(1);
    }

    @Test
    void rangesCountWithTheKeys() {
        fill();
        reads.addRange(1, TreeRange.prefix(key(1)));

        assertThat(tree(1).ranges()).containsExactly(TreeRange.all());
    }

    private void fill() {
        for (int i = 0; i < PARTS; i++) {
            reads.addKey(1, key(i));
        }
    }

    private ReadSet.TreeReads tree(int treeId) {
        return Objects.requireNonNull(reads.byTree().get(treeId));
    }

    private static byte[] key(int number) {
        return new ByteWriter().putInt(number).toByteArray();
    }
}
