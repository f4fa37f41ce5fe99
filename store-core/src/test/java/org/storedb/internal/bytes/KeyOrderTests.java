package org.storedb.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOrderTests {

    private static final Comparator<Item> BY_KEY = Comparator.comparing(Item::key, Arrays::compareUnsigned);

    /** Few different bytes, so that keys are equal, begin with one another, and differ far behind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderIsThatOfAStableSort(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] prefix = key(random, random.nextInt(20), 256);
            int different = random.nextBoolean() ? 2 : 256;
            int lengthMax = 1 + random.nextInt(20);
            List<Item> items = new ArrayList<>();
            for (int i = random.nextInt(300); i >= 0; i--) {
                byte[] rest = key(random, random.nextInt(lengthMax), different);
                byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
                System.arraycopy(rest, 0, key, prefix.length, rest.length);
                items.add(new Item(key));
            }
            List<Item> expected = new ArrayList<>(items);
            expected.sort(BY_KEY);
            assertThat(KeyOrder.sorted(items, Item::key))
                    .usingElementComparator(KeyOrderTests::same)
                    .isEqualTo(expected);
        }
    }

    @Test
    void fewItemsAreInOrder() {
        assertThat(KeyOrder.sorted(List.<Item>of(), Item::key)).isEmpty();
        Item item = new Item(new byte[0]);
        assertThat(KeyOrder.sorted(List.of(item), Item::key)).containsExactly(item);
    }

    private static byte[] key(Random random, int length, int different) {
        byte[] key = new byte[length];
        for (int i = 0; i < length; i++) {
            key[i] = (byte) (random.nextInt(different) * (256 / different));
        }
        return key;
    }

    @SuppressWarnings("ReferenceEquality") // Which of those with the same key it is counts.
    private static int same(Item one, Item other) {
        return one == other ? 0 : 1;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Item(byte[] key) {}
}
