package org.storedb.internal.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Sorts by keys, as unsigned bytes. Comparing two keys means waiting for memory, so numbers are sorted instead: the
 * first bytes in which the keys differ, with the index of the key in the lowest bits. Only keys that agree in all of
 * these bytes are compared.
 */
public final class KeyOrder {

    private KeyOrder() {}

    /** Returns the items in the order of their keys; those with the same key keep their order. */
    public static <T> List<T> sorted(List<T> items, Function<T, byte[]> keyOf) {
        if (items.size() < 2) {
            return items;
        }
        byte[][] keys = new byte[items.size()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keyOf.apply(items.get(i));
        }
        List<T> sorted = new ArrayList<>(keys.length);
        for (int index : order(keys, keys.length)) {
            sorted.add(items.get(index));
        }
        return sorted;
    }

    /**
     * Returns the indexes of keys in the order of the keys; those of equal keys ascend.
     *
     * @param count only the first {@code count} keys are considered
     */
    public static int[] order(byte[][] keys, int count) {
        int indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        long indexMask = (1L << indexBits) - 1;
        int shared = sharedBytes(keys, count);
        long[] heads = new long[count];
        for (int i = 0; i < count; i++) {
            heads[i] = (KeyHead.of(keys[i], shared) & ~indexMask) | i;
        }
        Arrays.sort(heads);
        int[] order = new int[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            order[i] = (int) (heads[i] & indexMask);
            if (i + 1 == count || heads[i] >> indexBits != heads[i + 1] >> indexBits) {
                sortByKey(order, from, i + 1, keys);
                from = i + 1;
            }
        }
        return order;
    }

    private static void sortByKey(int[] order, int from, int to, byte[][] keys) {
        if (to - from > 1) {
            Integer[] part = new Integer[to - from];
            Arrays.setAll(part, i -> order[from + i]);
            Arrays.sort(part, (one, other) -> Arrays.compareUnsigned(keys[one], keys[other])); // Stable.
            for (int i = 0; i < part.length; i++) {
                order[from + i] = part[i];
            }
        }
    }

    /** Returns how many first bytes all keys have in common. */
    private static int sharedBytes(byte[][] keys, int count) {
        if (count == 0) {
            return 0;
        }
        byte[] first = keys[0];
        int shared = first.length;
        for (int i = 1; i < count && shared > 0; i++) {
            byte[] key = keys[i];
            int mismatch = Arrays.mismatch(first, 0, shared, key, 0, Math.min(shared, key.length));
            shared = mismatch < 0 ? shared : mismatch;
        }
        return shared;
    }
}
