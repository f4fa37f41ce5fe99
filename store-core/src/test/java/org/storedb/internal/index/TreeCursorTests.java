package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
        Long[] values = new Long[most];
        for (int round = 0; single.remaining() > 0; round++) {
            long expected = Math.min(most, single.remaining());
            assertThat(many.next(keys, values)).isEqualTo((int) expected);
            for (int i = 0; i < expected; i++) {
                assertThat(single.next()).isTrue();
                assertThat(keys[i]).isEqualTo(single.key());
                assertThat(values[i]).isEqualTo(single.value());
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
        assertThat(many.next(keys, values)).isZero();
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
