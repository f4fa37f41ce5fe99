package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many nodes trees have: neither growing nor shrinking may leave many small ones behind. */
class NodeFillTests {

    @Test
    void ascendingKeysFillLeavesNearly() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 50_000; i++) {
            editor.put(key(i), Presence.PRESENT);
        }

        assertThat(leaves(editor)).isLessThan(50_000 / 55);
    }

    @Test
    void ascendingKeysThatArePutTogetherFillLeavesNearly() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 50_000; i += 1_000) {
            NavigableMap<byte[], Presence> run = new TreeMap<>(Arrays::compareUnsigned);
            for (int k = i; k < i + 1_000; k++) {
                run.put(key(k), Presence.PRESENT);
            }
            editor.putAll(new MapPuts<>(run, new ArrayList<>()));
        }

        assertThat(leaves(editor)).isLessThan(50_000 / 55);
    }

    @Test
    void descendingKeysFillLeavesByHalf() {
        TreeEditor<Presence> editor = edit();
        for (int i = 50_000; i > 0; i--) {
            editor.put(key(i), Presence.PRESENT);
        }

        assertThat(leaves(editor)).isLessThan(50_000 / 31);
    }

    @Test
    void keysThatAlternateBetweenBothEndsFillLeavesByHalf() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 25_000; i++) {
            editor.put(key(1_000_000 + i), Presence.PRESENT);
            editor.put(key(1_000_000 - i), Presence.PRESENT);
        }

        assertThat(leaves(editor)).isLessThan(50_000 / 31);
    }

    @Test
    void ascendingRunsEachBelowTheOneBeforeFillLeavesByHalf() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 57; i++) {
            editor.put(new byte[] {0, (byte) i}, Presence.PRESENT);
        }
        for (int run = 0; run < 200; run++) {
            for (int i = 0; i < 8; i++) {
                editor.put(new byte[] {(byte) (250 - run), (byte) i}, Presence.PRESENT);
            }
        }

        assertThat(leaves(editor)).isLessThan(1_657 / 31);
    }

    @Test
    void removalInAnyOrderLeavesNoManySmallNodes() {
        List<Integer> numbers = new ArrayList<>();
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 50_000; i++) {
            editor.put(key(i), Presence.PRESENT);
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(3));

        for (int number : numbers.subList(0, 49_000)) {
            editor.remove(key(number));
        }

        assertThat(leaves(editor)).isLessThan(1_000 / 10);
        editor.build().checkInvariants();
    }

    @Test
    void removalOfAllButEveryHundredthEntryShrinksTheTree() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 50_000; i++) {
            editor.put(key(i), Presence.PRESENT);
        }

        for (int i = 0; i < 50_000; i++) {
            if (i % 100 != 0) {
                editor.remove(key(i));
            }
        }

        assertThat(leaves(editor)).isLessThan(500 / 10);
        editor.build().checkInvariants();
    }

    @Test
    void longestKeysWithoutCommonPrefixAreKeptInSmallNodes() {
        TreeEditor<Presence> editor = edit();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] key = new byte[CountedTree.KEY_BYTES_MAX];
            random.nextBytes(key);
            editor.put(key, Presence.PRESENT);
        }

        editor.build().checkInvariants();
        assertThat(leaves(editor)).isBetween(100, 300);
    }

    @Test
    void removalOfLongKeysMergesOnlyNodesThatFit() {
        TreeEditor<Presence> editor = edit();
        Random random = new Random(7);
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] key = new byte[100 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 300)];
            random.nextBytes(key);
            keys.add(key);
            editor.put(key, Presence.PRESENT);
        }

        for (int i = 0; i < keys.size(); i++) {
            editor.remove(keys.get(i));
            if (i % 20 == 0) {
                editor.build().checkInvariants();
            }
        }
    }

    @Test
    void longestKeyAmidShortOnesIsKeptApart() {
        for (int place = 0; place < 120; place++) {
            TreeEditor<Presence> editor = edit();
            for (int i = 0; i < 120; i++) {
                editor.put(new byte[] {(byte) i, 1}, Presence.PRESENT);
            }

            editor.put(Arrays.copyOf(new byte[] {(byte) place, 1}, CountedTree.KEY_BYTES_MAX), Presence.PRESENT);

            editor.build().checkInvariants();
        }
    }

    @Test
    void longCommonPrefixesAreKeptOncePerNode() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 10_000; i++) {
            editor.put(longKey(i), Presence.PRESENT);
        }

        editor.build().checkInvariants();
        assertThat(leaves(editor)).isLessThan(10_000 / 50);
    }

    @Test
    void strangerAmongLongCommonPrefixesCostsOneLeaf() {
        TreeEditor<Presence> editor = edit();
        for (int i = 0; i < 10_000; i++) {
            editor.put(longKey(i), Presence.PRESENT);
        }
        int before = leaves(editor);

        editor.put(new byte[] {1}, Presence.PRESENT);
        editor.put(new byte[] {3}, Presence.PRESENT);

        editor.build().checkInvariants();
        assertThat(leaves(editor)).isLessThanOrEqualTo(before + 2);
    }

    private static TreeEditor<Presence> edit() {
        return CountedTree.empty(Presence.LAYOUT).edit();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static byte[] longKey(int number) {
        byte[] key = new byte[1_000];
        Arrays.fill(key, (byte) 2);
        ByteBuffer.wrap(key).putInt(996, number);
        return key;
    }

    private static int leaves(TreeEditor<Presence> editor) {
        return leaves(editor.build().root());
    }

    private static int leaves(Node node) {
        if (!(node instanceof Inner inner)) {
            return 1;
        }
        int leaves = 0;
        for (int i = 0; i < inner.childCount(); i++) {
            leaves += leaves(inner.child(i));
        }
        return leaves;
    }
}
