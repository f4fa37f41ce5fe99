package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeBuilderTests {

    /** Leaves with many long keys are kept small by what their keys share; one that shares nothing begins another. */
    @Test
    void keyThatSharesNothingWithWhatAFullLeafHasLeftBeginsALeaf() {
        for (int before = Leaf.ENTRIES_MAX; before < 2 * Leaf.ENTRIES_MAX; before++) {
            NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
            for (int i = 0; i < before; i++) {
                byte[] key = new byte[1_000];
                key[key.length - 1] = (byte) i;
                entries.put(key, (long) i);
            }
            entries.put(new byte[] {1}, -1L);

            CountedTree<Long> built = build(entries);

            built.checkInvariants();
            TreeAssertions.checkEntries(built, entries);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyShape.class)
    void builtTreeIsTheSameAsAnEditedOne(KeyShape shape) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        for (int i = 0; i < 5_000; i++) {
            byte[] key = shape.key(random);
            entries.put(key, (long) i);
            editor.put(key, (long) i);
        }

        CountedTree<Long> built = build(entries);

        built.checkInvariants();
        TreeAssertions.checkEntries(built, entries);
        assertThat(built.sameEntries(editor.build(), TreeRange.all()))
                .as("seed %d", seed)
                .isTrue();
        TreeEditor<Long> emptied = built.edit();
        for (byte[] key : entries.keySet()) {
            assertThat(emptied.remove(key)).as("seed %d", seed).isEqualTo(entries.get(key));
        }
        assertThat(emptied.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 57, 64, 65, 71, 72, 73, 112, 128, 129, 56 * 112, 56 * 112 + 1, 56 * 128 + 17})
    void buildsTreesOfAnySize(int size) {
        NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < size; i++) {
            entries.put(new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i}, (long) i);
        }

        CountedTree<Long> tree = build(entries);

        tree.checkInvariants();
        TreeAssertions.checkEntries(tree, entries);
    }

    @Test
    void keysThatAreNotAscendingAreRefused() {
        TreeBuilder<Long> builder = new TreeBuilder<>(LongLayout.TWO_WORDS);
        builder.add(new byte[0], 0L);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new byte[0], 1L));
        builder.add(new byte[] {(byte) 0x80}, 1L);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new byte[] {0x7F}, 2L));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new byte[] {(byte) 0x80}, 2L));

        assertThat(builder.build().size()).isEqualTo(2);
    }

    @Test
    void tooLongKeyIsRefused() {
        TreeBuilder<Long> builder = new TreeBuilder<>(LongLayout.TWO_WORDS);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new byte[65_536], 2L));
    }

    private static CountedTree<Long> build(NavigableMap<byte[], Long> entries) {
        TreeBuilder<Long> builder = new TreeBuilder<>(LongLayout.TWO_WORDS);
        entries.forEach(builder::add);
        return builder.build();
    }
}
