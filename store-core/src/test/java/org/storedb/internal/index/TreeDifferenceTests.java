package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeDifferenceTests {

    private static final int SIZE = 100_000;

    @Test
    void treesThatAreTheSameHaveNoDifference() {
        CountedTree<Long> tree = treeOf(SIZE);
        TreeDifference<Long> difference = between(tree, tree.edit().build());

        assertThat(difference.next()).isFalse();
        assertThat(difference.next()).isFalse();
        assertThat(difference.visitedNodes()).isZero();
        assertThat(between(treeOf(0), treeOf(0)).next()).isFalse();
    }

    @Test
    void everythingIsAddedToNothing() {
        assertThat(changes(treeOf(0), treeOf(300))).hasSize(300).allMatch(change -> change.contains("+"));
        assertThat(changes(treeOf(300), treeOf(0))).hasSize(300).allMatch(change -> change.contains("-"));
    }

    @Test
    void looksOnlyIntoNodesThatWereCopied() {
        CountedTree<Long> tree = treeOf(SIZE);
        TreeEditor<Long> editor = tree.edit();
        editor.put(key(70_000), -1L);
        editor.remove(key(20_000));
        editor.put(ByteBuffer.allocate(5).putInt(50_000).put((byte) 0).array(), 7L);
        CountedTree<Long> other = editor.build();

        TreeDifference<Long> difference = between(tree, other);
        assertThat(changesOf(difference)).hasSize(3);
        assertThat(difference.visitedNodes()).isLessThan(3L * 300);
    }

    @Test
    void callerSaysWhichValuesAreTheSame() {
        CountedTree<Long> tree = treeOf(1000);
        TreeEditor<Long> editor = tree.edit();
        editor.put(key(10), 10 + 1_000_000L);
        editor.put(key(20), 21L);

        TreeDifference<Long> difference = TreeDifference.between(
                LongLayout.TWO_WORDS, tree, editor.build(), (one, other) -> one % 1_000_000 == other % 1_000_000);
        assertThat(changesOf(difference)).containsExactly("20 -20 +21");
    }

    @Test
    void randomVersionsDifferAsTheirModelsDo() {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            NavigableMap<byte[], Long> model = new TreeMap<>(Arrays::compareUnsigned);
            TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
            change(editor, model, random, random.nextInt(20_000), 40_000);
            CountedTree<Long> before = editor.build();
            NavigableMap<byte[], Long> modelBefore = new TreeMap<>(model);
            TreeEditor<Long> next = before.edit();
            int span = random.nextBoolean() ? 40_000 : 1 + random.nextInt(2_000);
            change(next, model, random, random.nextInt(random.nextBoolean() ? 20 : 4_000), span);
            CountedTree<Long> after = next.build();

            assertThat(changes(before, after)).isEqualTo(expected(modelBefore, model));
            assertThat(changes(after, before)).isEqualTo(expected(model, modelBefore));
        }
    }

    private static void change(
            TreeEditor<Long> editor, NavigableMap<byte[], Long> model, Random random, int count, int span) {
        int removedInThree = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            byte[] key = key(random.nextInt(span));
            if (random.nextInt(3) < removedInThree) {
                editor.remove(key);
                model.remove(key);
            } else {
                long value = random.nextInt(3);
                editor.put(key, value);
                model.put(key, value);
            }
        }
    }

    private static List<String> expected(NavigableMap<byte[], Long> before, NavigableMap<byte[], Long> after) {
        NavigableMap<byte[], Long> all = new TreeMap<>(before);
        all.putAll(after);
        List<String> changes = new ArrayList<>();
        for (byte[] key : all.keySet()) {
            Long removed = before.get(key);
            Long added = after.get(key);
            if (removed == null || !removed.equals(added)) {
                changes.add(describe(key, removed, added));
            }
        }
        return changes;
    }

    private static List<String> changes(CountedTree<Long> before, CountedTree<Long> after) {
        return changesOf(between(before, after));
    }

    private static List<String> changesOf(TreeDifference<Long> difference) {
        List<String> changes = new ArrayList<>();
        while (difference.next()) {
            changes.add(describe(difference.key(), difference.removed(), difference.added()));
        }
        return changes;
    }

    private static String describe(byte[] key, @Nullable Long removed, @Nullable Long added) {
        return ByteBuffer.wrap(key).getInt()
                + (removed == null ? "" : " -" + removed)
                + (added == null ? "" : " +" + added);
    }

    private static TreeDifference<Long> between(CountedTree<Long> before, CountedTree<Long> after) {
        return TreeDifference.between(LongLayout.TWO_WORDS, before, after, Long::equals);
    }

    private static CountedTree<Long> treeOf(int size) {
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        for (int i = 0; i < size; i++) {
            editor.put(key(i), (long) i);
        }
        return editor.build();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
