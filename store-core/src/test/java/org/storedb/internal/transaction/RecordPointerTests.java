package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeBuilder;
import org.storedb.internal.index.TreeEditor;

class RecordPointerTests {

    private static final int[] LENGTHS = {0, 1, 0xFFFF, 0x10000, Integer.MAX_VALUE};
    private static final long[] SEQUENCES = {0, 1, (1L << 48) - 1, 1L << 48, Long.MAX_VALUE};

    @Test
    void eachPointerIsReadAsItWasWritten() {
        for (RecordPointer pointer : extremes()) {
            assertThat(RecordPointer.LAYOUT.read(written(pointer), 0, 3)).isEqualTo(pointer);
        }
    }

    @Test
    void usualPointersTakeTwoWords() {
        RecordPointer usual = new RecordPointer(Integer.MAX_VALUE, Integer.MAX_VALUE, 0xFFFF, (1L << 48) - 1);

        assertThat(written(usual)[2]).isZero();
        assertThat(RecordPointer.LAYOUT.read(written(usual), 0, 2)).isEqualTo(usual);
    }

    /** Wide and narrow values meet in all leaves, and go again. */
    @Test
    void pointersOfAnyWidthAreNeighboursInATree() {
        List<RecordPointer> extremes = extremes();
        Random random = new Random(1);
        Map<Integer, RecordPointer> expected = new HashMap<>();
        TreeEditor<RecordPointer> editor =
                CountedTree.empty(RecordPointer.LAYOUT).edit();
        for (int step = 0; step < 60_000; step++) {
            int number = random.nextInt(2_000);
            if (random.nextInt(3) == 0) {
                assertThat(editor.remove(key(number))).isEqualTo(expected.remove(number));
            } else {
                boolean narrow = random.nextInt(100) > 0;
                RecordPointer next =
                        narrow ? new RecordPointer(3, step, 100, step) : extremes.get(random.nextInt(extremes.size()));
                assertThat(editor.put(key(number), next)).isEqualTo(expected.put(number, next));
            }
            if (step % 500 == 0) {
                editor = editor.build().edit();
            }
        }
        CountedTree<RecordPointer> tree = editor.build();
        tree.checkInvariants();
        for (int number = 0; number < 2_000; number++) {
            assertThat(tree.get(key(number))).isEqualTo(expected.get(number));
        }
    }

    @Test
    void wordsOfARemovedPointerAreNotTakenForThoseOfAnother() {
        TreeBuilder<RecordPointer> builder = new TreeBuilder<>(RecordPointer.LAYOUT);
        for (int number = 0; number < 72; number++) { // Two leaves of 36; the last pointer of the first one is wide.
            builder.add(key(number), new RecordPointer(1, number, number == 35 ? 1 << 20 : 100, number + 1));
        }
        TreeEditor<RecordPointer> editor = builder.build().edit();
        for (int number = 0; number < 20; number++) {
            editor.remove(key(number));
        }
        for (int number = 68; number < 72; number++) {
            editor.remove(key(number));
        }
        editor.remove(key(35)); // Now the first one is small, and becomes one with the other.

        CountedTree<RecordPointer> tree = editor.build();

        tree.checkInvariants();
        for (int number = 20; number < 68; number++) {
            RecordPointer expected = number == 35 ? null : new RecordPointer(1, number, 100, number + 1);
            assertThat(tree.get(key(number))).as("%d", number).isEqualTo(expected);
        }
    }

    private static long[] written(RecordPointer pointer) {
        long[] words = new long[RecordPointer.LAYOUT.words()];
        RecordPointer.LAYOUT.write(pointer, words, 0);
        return words;
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    private static List<RecordPointer> extremes() {
        List<RecordPointer> pointers = new ArrayList<>();
        for (int length : LENGTHS) {
            for (long sequence : SEQUENCES) {
                pointers.add(new RecordPointer(1, 0, length, sequence));
                pointers.add(new RecordPointer(Integer.MAX_VALUE, Integer.MAX_VALUE, length, sequence));
                pointers.add(new RecordPointer(RecordPointer.BUFFERED, 7, length, sequence));
            }
        }
        return pointers;
    }
}
