package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedKeysTests {

    /** All strings of up to four bytes 0x00, 0x01 and 0xFF, at different places around prefix, head and tail. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7, 8, 9, 20})
    void findsEachKeyAndEachGap(int sharedBytes) {
        List<byte[]> all = allStrings(new byte[sharedBytes], 4);
        all.sort(Arrays::compareUnsigned);
        Random random = new Random(sharedBytes);
        for (int round = 0; round < 50; round++) {
            int density = 1 + random.nextInt(5);
            List<byte[]> some = new ArrayList<>(all);
            some.removeIf(key -> random.nextInt(density) > 0);

            PackedKeys packed = pack(some);

            for (byte[] key : all) {
                assertThat(packed.find(key)).isEqualTo(Collections.binarySearch(some, key, Arrays::compareUnsigned));
            }
        }
    }

    /** Prefixes and tails of up to eight bytes are copied as words, longer ones and those of the shortest keys are not. */
    @Test
    void eachKeyComesOutAsItWentIn() {
        Random random = new Random(5);
        for (int sharedBytes = 0; sharedBytes <= 20; sharedBytes++) {
            for (int otherBytes = 1; otherBytes <= 24; otherBytes++) {
                List<byte[]> same = randomKeys(sharedBytes, otherBytes, otherBytes, random);
                List<byte[]> varying = randomKeys(sharedBytes, 1, otherBytes, random);

                assertThat(pack(same).keys()).isDeepEqualTo(same.toArray(new byte[0][]));
                assertThat(pack(varying).keys()).isDeepEqualTo(varying.toArray(new byte[0][]));
            }
        }
    }

    private static List<byte[]> randomKeys(int sharedBytes, int leastBytes, int mostBytes, Random random) {
        byte[] shared = new byte[sharedBytes];
        random.nextBytes(shared);
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (int i = 0; i < 5; i++) {
            byte[] other = new byte[leastBytes + random.nextInt(mostBytes - leastBytes + 1)];
            random.nextBytes(other);
            byte[] key = Arrays.copyOf(shared, sharedBytes + other.length);
            System.arraycopy(other, 0, key, sharedBytes, other.length);
            keys.add(key);
        }
        return new ArrayList<>(keys);
    }

    @Test
    void keysOfOnlyHighestBytesAreFound() {
        List<byte[]> keys = new ArrayList<>();
        for (int length = 0; length < 40; length++) {
            byte[] key = new byte[length];
            Arrays.fill(key, (byte) 0xFF);
            keys.add(key);
        }

        PackedKeys packed = pack(keys);

        for (int i = 0; i < keys.size(); i++) {
            assertThat(packed.find(keys.get(i))).isEqualTo(i);
            assertThat(packed.key(i)).isEqualTo(keys.get(i));
        }
        assertThat(packed.find(new byte[] {(byte) 0xFE})).isEqualTo(-2);
    }

    @Test
    void changeLeavesTheBlockWhoseKeysWereSharedAsItIs() {
        PackedKeys packed = pack(List.of(new byte[] {1, 1}, new byte[] {1, 3}));

        PackedKeys more = new PackedKeys();
        more.shareKeysOf(packed);
        more.insertKey(1, new byte[] {1, 2});
        PackedKeys fewer = new PackedKeys();
        fewer.shareKeysOf(packed);
        fewer.removeKey(0);

        assertThat(packed.keys()).isDeepEqualTo(new byte[][] {{1, 1}, {1, 3}});
        assertThat(more.keys()).isDeepEqualTo(new byte[][] {{1, 1}, {1, 2}, {1, 3}});
        assertThat(fewer.keys()).isDeepEqualTo(new byte[][] {{1, 3}});
    }

    @Test
    void keyWithoutTheCommonPrefixShortensIt() {
        PackedKeys packed = pack(List.of(new byte[] {1, 1, 1}, new byte[] {1, 1, 2}));

        packed.insertKey(2, new byte[] {1, 2});
        packed.insertKey(0, new byte[0]);

        assertThat(packed.keys()).isDeepEqualTo(new byte[][] {{}, {1, 1, 1}, {1, 1, 2}, {1, 2}});
    }

    @Test
    void tailsAreCountedWithoutPrefixAndHead() {
        byte[] one = new byte[100];
        byte[] two = new byte[100];
        two[60] = 1;

        PackedKeys packed = pack(List.of(one, two));

        assertThat(packed.tailBytes()).isEqualTo(2 * (100 - 60 - 8));
        packed.removeKey(0);
        assertThat(packed.tailBytes()).isEqualTo(100 - 60 - 8);
    }

    private PackedKeys pack(List<byte[]> keys) {
        PackedKeys packed = new PackedKeys();
        packed.setKeys(keys.toArray(new byte[0][]), 0, keys.size());
        return packed;
    }

    private static List<byte[]> allStrings(byte[] start, int moreBytes) {
        List<byte[]> strings = new ArrayList<>();
        strings.add(start);
        if (moreBytes > 0) {
            for (byte next : new byte[] {0, 1, (byte) 0xFF}) {
                byte[] longer = Arrays.copyOf(start, start.length + 1);
                longer[start.length] = next;
                strings.addAll(allStrings(longer, moreBytes - 1));
            }
        }
        return strings;
    }
}
