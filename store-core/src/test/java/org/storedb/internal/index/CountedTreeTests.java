package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CountedTreeTests {

    private static final CountedTree<Long> EMPTY = CountedTree.empty(LongLayout.TWO_WORDS);

    @Test
    void emptyTreeHasNothing() {
        assertThat(EMPTY.isEmpty()).isTrue();
        assertThat(EMPTY.size()).isZero();
        assertThat(EMPTY.get(key("a"))).isNull();
        assertThat(EMPTY.rank(key("a"))).isZero();
        assertThat(EMPTY.count(TreeRange.all())).isZero();
        assertThat(EMPTY.cursor(TreeRange.all()).next()).isFalse();
        assertThat(EMPTY.descendingCursor(TreeRange.all()).next()).isFalse();
        assertThat(EMPTY.cursorAt(0).next()).isFalse();
        assertThat(EMPTY.edit().remove(key("a"))).isNull();
        EMPTY.checkInvariants();
    }

    @Test
    void emptyKeyIsTheSmallest() {
        CountedTree<Long> tree = treeOf("", "\0", "a");

        assertThat(tree.get(new byte[0])).isEqualTo(0);
        assertThat(tree.rank(key("\0"))).isEqualTo(1);
        assertThat(tree.count(new TreeRange(null, key("\0")))).isEqualTo(1);
    }

    @Test
    void keysThatDifferOnlyInZeroBytesAtTheEndAreDifferent() {
        CountedTree<Long> tree =
                treeOf("key", "key\0", "key\0\0", "key\0\0\0\0\0", "key\0\0\0\0\0\0", "key\0\0\0\0\0\0\0");

        tree.checkInvariants();
        assertThat(tree.get(key("key\0\0"))).isEqualTo(2);
        assertThat(tree.get(key("key\0\0\0"))).isNull();
        assertThat(tree.rank(key("key\0\0\0"))).isEqualTo(3);
    }

    @Test
    void rangeThatEndsBeforeItBeginsIsEmpty() {
        CountedTree<Long> tree = treeOf("a", "b", "c");
        TreeRange range = new TreeRange(key("c"), key("a"));

        assertThat(tree.count(range)).isZero();
        assertThat(tree.cursor(range).next()).isFalse();
        assertThat(tree.descendingCursor(range).next()).isFalse();
    }

    @Test
    void editorDoesNotChangeTheTreesItHasBuilt() {
        TreeEditor<Long> editor = EMPTY.edit();
        editor.put(key("a"), 1L);
        CountedTree<Long> first = editor.build();
        editor.put(key("a"), 2L);
        editor.put(key("b"), 3L);
        CountedTree<Long> second = editor.build();
        editor.remove(key("a"));

        assertThat(first.get(key("a"))).isEqualTo(1);
        assertThat(first.size()).isEqualTo(1);
        assertThat(second.get(key("a"))).isEqualTo(2);
        assertThat(second.size()).isEqualTo(2);
        assertThat(editor.build().size()).isEqualTo(1);
    }

    @Test
    void callerMayReuseTheKeyArray() {
        TreeEditor<Long> editor = EMPTY.edit();
        byte[] key = key("a");
        editor.put(key, 1L);
        key[0] = 'b';
        editor.put(key, 2L);

        assertThat(editor.get(key("a"))).isEqualTo(1);
        assertThat(editor.get(key("b"))).isEqualTo(2);
    }

    @Test
    void tooLongKeyIsRefused() {
        TreeEditor<Long> editor = EMPTY.edit();
        editor.put(new byte[65_535], 1L);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> editor.put(new byte[65_536], 1L))
                .withMessageContaining("65536")
                .withMessageContaining("65535");
        assertThat(editor.get(new byte[65_535])).isEqualTo(1);
    }

    @Test
    void setsKeepNoWords() {
        TreeEditor<Presence> editor = CountedTree.empty(Presence.LAYOUT).edit();
        for (int i = 0; i < 1_000; i++) {
            assertThat(editor.put(key("key" + i), Presence.PRESENT)).isNull();
        }
        assertThat(editor.put(key("key7"), Presence.PRESENT)).isEqualTo(Presence.PRESENT);
        assertThat(editor.remove(key("key7"))).isEqualTo(Presence.PRESENT);
        assertThat(editor.remove(key("key7"))).isNull();
        assertThat(editor.build().count(TreeRange.prefix(key("key9")))).isEqualTo(111);
    }

    @Test
    void negativeRankIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EMPTY.cursorAt(-1))
                .withMessageContaining("-1");
    }

    private static CountedTree<Long> treeOf(String... keys) {
        TreeEditor<Long> editor = EMPTY.edit();
        for (int i = 0; i < keys.length; i++) {
            editor.put(key(keys[i]), (long) i);
        }
        return editor.build();
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
