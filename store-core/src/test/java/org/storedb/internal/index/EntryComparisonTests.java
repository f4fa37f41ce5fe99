package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryComparisonTests {

    private static final int SIZE = 200_000;
    private static final CountedTree<Long> TREE = treeOf(SIZE);

    @Test
    void treeIsTheSameAsItself() {
        EntryComparison comparison = compare(TREE, TREE.edit().build());

        assertThat(comparison.same(TreeRange.all())).isTrue();
        assertThat(comparison.visitedNodes()).isZero();
    }

    @Test
    void changedValueIsNoticedOnlyInItsRange() {
        CountedTree<Long> other = with(TREE, 70_000, 1L);

        assertThat(TREE.sameEntries(other, TreeRange.all())).isFalse();
        assertThat(TREE.sameEntries(other, TreeRange.key(key(70_000)))).isFalse();
        assertThat(TREE.sameEntries(other, new TreeRange(null, key(70_000)))).isTrue();
        assertThat(TREE.sameEntries(other, new TreeRange(key(70_001), null))).isTrue();
        assertThat(TREE.sameEntries(other, new TreeRange(key(5), key(5)))).isTrue();
    }

    @Test
    void exchangedKeyIsNoticedThoughTheCountIsTheSame() {
        TreeEditor<Long> editor = TREE.edit();
        editor.remove(key(100));
        editor.put(new byte[] {0, 0, 0, 99, 1}, 100L);
        CountedTree<Long> other = editor.build();

        assertThat(other.size()).isEqualTo(TREE.size());
        assertThat(TREE.sameEntries(other, TreeRange.all())).isFalse();
        assertThat(TREE.sameEntries(other, new TreeRange(key(99), key(101)))).isFalse();
        assertThat(TREE.sameEntries(other, new TreeRange(key(101), null))).isTrue();
    }

    @Test
    void callerSaysWhichValuesAreTheSame() {
        CountedTree<Long> other = with(TREE, 70_000, 1_070_000L);

        assertThat(TREE.sameEntries(other, TreeRange.all())).isFalse();
        assertThat(TREE.sameEntries(other, TreeRange.all(), (one, two) -> one % 1_000_000 == two % 1_000_000))
                .isTrue();
    }

    @Test
    void treesThatShareNothingCanBeTheSame() {
        TreeBuilder<Long> builder = new TreeBuilder<>(LongLayout.TWO_WORDS);
        for (int i = 0; i < SIZE; i++) {
            builder.add(key(i), (long) i);
        }

        assertThat(TREE.sameEntries(builder.build(), TreeRange.all())).isTrue();
    }

    @Test
    void looksOnlyIntoNodesThatWereCopied() {
        int changes = 10;
        CountedTree<Long> other = TREE;
        for (int i = 0; i < changes; i++) {
            other = with(other, i * 19_997, i * 19_997L);
        }

        EntryComparison comparison = compare(TREE, other);

        assertThat(comparison.same(TreeRange.all())).isTrue();
        assertThat(comparison.visitedNodes())
                .isLessThanOrEqualTo(changes * (TREE.root().height() + 1L));
    }

    @Test
    void looksOnlyIntoFewNodesWhenNodesWereSplitAndMerged() {
        int places = 10;
        TreeEditor<Long> editor = TREE.edit();
        for (int i = 0; i < places; i++) {
            for (int j = 0; j < 200; j++) {
                editor.put(extraKey(i, j), 0L);
            }
        }
        for (int i = 0; i < places; i++) {
            for (int j = 0; j < 200; j++) {
                editor.remove(extraKey(i, j));
            }
        }
        CountedTree<Long> other = editor.build();
        other.checkInvariants();

        EntryComparison comparison = compare(TREE, other);

        assertThat(comparison.same(TreeRange.all())).isTrue();
        assertThat(comparison.visitedNodes()).isLessThan(places * 20L);
    }

    @Test
    void rangeInASharedPartCostsOnePath() {
        CountedTree<Long> other = with(TREE, 0, 1L);

        EntryComparison comparison = compare(TREE, other);

        assertThat(comparison.same(new TreeRange(key(100_000), key(150_000)))).isTrue();
        assertThat(comparison.visitedNodes()).isLessThanOrEqualTo(TREE.root().height() + 1L);
    }

    @Test
    void firstDifferenceEndsTheComparison() {
        CountedTree<Long> other = TREE;
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            other = with(other, random.nextInt(SIZE), -1L);
        }

        EntryComparison comparison = compare(TREE, other);

        assertThat(comparison.same(TreeRange.all())).isFalse();
        assertThat(comparison.visitedNodes()).isLessThan(20);
    }

    private static EntryComparison compare(CountedTree<Long> one, CountedTree<Long> other) {
        return new EntryComparison(one.root(), other.root(), Leaf::sameWords);
    }

    private static CountedTree<Long> with(CountedTree<Long> tree, int number, long value) {
        TreeEditor<Long> editor = tree.edit();
        editor.put(key(number), value);
        return editor.build();
    }

    private static CountedTree<Long> treeOf(int size) {
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        for (int i = 0; i < size; i++) {
            int number = (int) (i * 7_919L % size);
            editor.put(key(number), (long) number);
        }
        return editor.build();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] extraKey(int place, int number) {
        return ByteBuffer.allocate(6)
                .putInt(place * 19_997)
                .putShort((short) number)
                .array();
    }
}
