package org.storedb.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Sorts by keys, as unsigned bytes. Comparing two keys involves waits for memory, so numbers are sorted instead: the
 * first bytes in which the keys differ, with the position of the key in the list in the lowest bits. Only keys that are
 * equal in all of these bytes are compared.
 */
public final class KeyOrder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyOrder() {}

    /** Returns the items in key order; those of the same key keep their order. */
    public static <T> List<T> sorted(List<T> items, Function<T, byte[]> keyOf) {
        int count = items.size();
        if (count < 2) {
            return items;
        }
        int numberBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        long numberMask = (1L << numberBits) - 1;
        int prefixBytes = commonPrefixBytes(items, keyOf);
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = ((head(keyOf.apply(items.get(i)), prefixBytes) ^ Long.MIN_VALUE) & ~numberMask) | i;
        }
        Arrays.sort(order);
        List<T> sorted = new ArrayList<>(count);
        for (long entry : order) {
            sorted.add(items.get((int) (entry & numberMask)));
        }
        sortEqualHeads(sorted, order, numberBits, Comparator.comparing(keyOf, Arrays::compareUnsigned));
        return sorted;
    }

    private static <T> void sortEqualHeads(List<T> sorted, long[] order, int numberBits, Comparator<T> byKey) {
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i == order.length || order[i] >> numberBits != order[from] >> numberBits) {
                if (i - from > 1) {
                    sorted.subList(from, i).sort(byKey);
                }
                from = i;
            }
        }
    }

    private static <T> int commonPrefixBytes(List<T> items, Function<T, byte[]> keyOf) {
        byte[] first = keyOf.apply(items.get(0));
        int common = first.length;
        for (int i = 1; i < items.size() && common > 0; i++) {
            byte[] key = keyOf.apply(items.get(i));
            int mismatch = Arrays.mismatch(first, 0, common, key, 0, Math.min(common, key.length));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    /** Returns the next bytes of a key as a number of the same order, with zeros after its end. */
    private static long head(byte[] key, int from) {
        if (from + Long.BYTES <= key.length) {
            return (long) LONGS.get(key, from);
        }
        long head = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            head = head << Byte.SIZE | (i < key.length ? key[i] & 0xFF : 0);
        }
        return head;
    }
}
