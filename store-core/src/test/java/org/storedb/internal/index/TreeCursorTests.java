package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCursorTests {

    private static final int SIZE = 30_000;
    private static final CountedTree<Long> TREE = tree();

    @Test
    void startsAnywhereAndEndsBeforeTheEndOfTheRange() {
        assertThat(values(TREE.cursor(range(9_998, 10_002)))).containsExactly(9_998L, 9_999L, 10_000L, 10_001L);
        assertThat(values(TREE.descendingCursor(range(9_998, 10_002))))
                .containsExactly(10_001L, 10_000L, 9_999L, 9_998L);
        assertThat(values(TREE.cursorAt(SIZE - 2))).containsExactly(SIZE - 2L, SIZE - 1L);
        assertThat(values(TREE.cursorAt(SIZE))).isEmpty();
    }

    @Test
    void boundsNeedNotBeKeysOfTheTree() {
        TreeRange range = new TreeRange(new byte[] {0, 0, 0, 5, 7}, new byte[] {0, 0, 0, 8, 0});

        assertThat(values(TREE.cursor(range))).containsExactly(6L, 7L, 8L);
        assertThat(values(TREE.cursor(TreeRange.prefix(new byte[] {0, 0, 1})))).hasSize(256);
    }

    /** Ends in the leaf of the start, in others, between keys, the wrong way round, and on both sides of the tree. */
    @Test
    void anyRangeIsCountedAndWalkedOverAsOneByOne() {
        Random random = new Random(25);
        for (int round = 0; round < 3_000; round++) {
            int from = random.nextInt(SIZE + 20) - 10;
            int to = from + random.nextInt(round % 3 == 0 ? 2 * SIZE : 200) - 20;
            TreeRange range = new TreeRange(bound(from, random), bound(to, random));
            List<Long> expected = new ArrayList<>();
            for (long value = Math.max(0, from - 2); value < Math.min(SIZE, to + 2); value++) {
                if (range.contains(key((int) value))) {
                    expected.add(value);
                }
            }
            assertThat(TREE.count(range)).isEqualTo(expected.size());
            TreeCursor<Long> cursor = TREE.cursor(range);
            assertThat(cursor.remaining()).isEqualTo(expected.size());
            if (expected.size() < 200) {
                assertThat(values(cursor)).isEqualTo(expected);
            }
            byte[] first = TREE.firstKey(range);
            assertThat(first)
                    .isEqualTo(expected.isEmpty() ? null : key(expected.get(0).intValue()));
        }
    }

    @Test
    void firstKeyOfAnOpenRangeOrOfNone() {
        assertThat(TREE.firstKey(TreeRange.all())).isEqualTo(key(0));
        assertThat(TREE.firstKey(new TreeRange(key(SIZE - 1), null))).isEqualTo(key(SIZE - 1));
        assertThat(TREE.firstKey(new TreeRange(key(SIZE), null))).isNull();
        assertThat(CountedTree.empty(LongLayout.TWO_WORDS).firstKey(TreeRange.all()))
                .isNull();
    }

    /** A key, or something right behind it. */
    private static byte[] bound(int value, Random random) {
        byte[] key = key(Math.max(0, value));
        return random.nextBoolean() ? key : Arrays.copyOf(key, key.length + 1);
    }

    @Test
    void skipPassesOverEntriesInBothDirections() {
        TreeCursor<Long> ascending = TREE.cursor(range(100, 20_000));
        TreeCursor<Long> descending = TREE.descendingCursor(range(100, 20_000));
        ascending.skip(10_000);
        descending.skip(10_000);

        assertThat(ascending.remaining()).isEqualTo(9_900);
        assertThat(ascending.next()).isTrue();
        assertThat(ascending.value()).isEqualTo(10_100);
        assertThat(descending.next()).isTrue();
        assertThat(descending.value()).isEqualTo(9_999);
        ascending.skip(0);
        ascending.skip(2);
        assertThat(ascending.next()).isTrue();
        assertThat(ascending.value()).isEqualTo(10_103);
    }

    @Test
    void skipBehindTheEndLeavesNothing() {
        TreeCursor<Long> cursor = TREE.cursor(range(5, 8));
        cursor.skip(1_000);

        assertThat(cursor.remaining()).isZero();
        assertThat(cursor.next()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> cursor.skip(-1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 63, 1_000})
    void manyEntriesAtOnceAreThoseOfSingleSteps(int most) {
        assertSameInSteps(TREE.cursor(range(100, 5_000)), TREE.cursor(range(100, 5_000)), most);
        assertSameInSteps(TREE.descendingCursor(range(100, 5_000)), TREE.descendingCursor(range(100, 5_000)), most);
    }

    private static void assertSameInSteps(TreeCursor<Long> many, TreeCursor<Long> single, int most) {
        byte[][] keys = new byte[most][];
        int stride = LongLayout.TWO_WORDS.words();
        long[] words = new long[most * stride];
        for (int round = 0; single.remaining() > 0; round++) {
            long expected = Math.min(most, single.remaining());
            assertThat(many.next(keys, words)).isEqualTo((int) expected);
            for (int i = 0; i < expected; i++) {
                assertThat(single.next()).isTrue();
                assertThat(keys[i]).isEqualTo(single.key());
                assertThat(LongLayout.TWO_WORDS.read(words, i * stride, stride)).isEqualTo(single.value());
            }
            assertThat(many.key()).isEqualTo(single.key());
            assertThat(many.remaining()).isEqualTo(single.remaining());
            if (round % 3 == 1) {
                many.skip(77);
                single.skip(77);
            }
            if (round % 3 == 2) {
                assertThat(many.next()).isEqualTo(single.next());
            }
        }
        assertThat(many.next(keys, words)).isZero();
        assertThatIllegalStateException().isThrownBy(many::key);
    }

    @Test
    void thereIsNoEntryBeforeTheFirstNorAfterTheLast() {
        TreeCursor<Long> cursor = TREE.cursor(range(5, 6));
        assertThatIllegalStateException().isThrownBy(cursor::key);
        assertThatIllegalStateException().isThrownBy(cursor::value);

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(key(5));
        assertThat(cursor.next()).isFalse();

        assertThatIllegalStateException().isThrownBy(cursor::key);
    }

    @Test
    void changesToAKeyThatWasHandedOutDoNotReachTheTree() {
        TreeCursor<Long> cursor = TREE.cursor(range(5, 6));
        assertThat(cursor.next()).isTrue();
        cursor.key()[3] = 77;

        assertThat(cursor.key()).isEqualTo(key(5));
        TREE.checkInvariants();
    }

    private static CountedTree<Long> tree() {
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        for (int i = 0; i < SIZE; i++) {
            editor.put(key(i), (long) i);
        }
        return editor.build();
    }

    private static List<Long> values(TreeCursor<Long> cursor) {
        List<Long> values = new ArrayList<>();
        while (cursor.next()) {
            values.add(cursor.value());
        }
        return values;
    }

    private static TreeRange range(int from, int to) {
        return new TreeRange(key(from), key(to));
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
