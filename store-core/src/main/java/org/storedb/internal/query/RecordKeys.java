package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.transaction.RecordPointer;

/** Record keys, ascending and without duplicates. Holds them all in memory. Immutable. */
final class RecordKeys {

    private final byte[][] keys;

    private RecordKeys(byte[][] keys) {
        this.keys = keys;
    }

    /** Returns the keys of a source, in whatever order, and with whatever duplicates, it produces them. */
    static RecordKeys of(KeySource source) {
        List<byte[]> collected = new ArrayList<>();
        boolean ascending = true;
        byte[] last = null;
        while (source.next()) {
            byte[] key = source.recordKey();
            ascending &= last == null || Arrays.compareUnsigned(last, key) < 0;
            collected.add(key);
            last = key;
        }
        return new RecordKeys(ascending ? collected.toArray(byte[][]::new) : distinct(collected));
    }

    /** Returns a source of these keys in their given order. */
    static KeySource inOrder(List<byte[]> keys) {
        return new Source(keys.toArray(byte[][]::new), false);
    }

    /** Returns the keys of any of the sources. */
    static RecordKeys union(List<KeySource> sources) {
        List<byte[]> all = new ArrayList<>();
        for (KeySource source : sources) {
            while (source.next()) {
                all.add(source.recordKey());
            }
        }
        return new RecordKeys(distinct(all));
    }

    /** Returns those of these keys that a source produces, too. */
    RecordKeys retain(KeySource source) {
        BitSet found = new BitSet(keys.length);
        while (source.next()) {
            int position = Arrays.binarySearch(keys, source.recordKey(), Arrays::compareUnsigned);
            if (position >= 0) {
                found.set(position);
            }
        }
        return new RecordKeys(found.stream().mapToObj(at -> keys[at]).toArray(byte[][]::new));
    }

    boolean isEmpty() {
        return keys.length == 0;
    }

    KeySource toSource(boolean descending) {
        return new Source(keys, descending);
    }

    private static byte[][] distinct(List<byte[]> keys) {
        byte[][] sorted = keys.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        int count = 0;
        for (byte[] key : sorted) {
            if (count == 0 || !Arrays.equals(sorted[count - 1], key)) {
                sorted[count++] = key;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** The keys, one after another. */
    private static final class Source implements KeySource {

        private final byte[][] keys;
        private final boolean descending;
        private int taken;

        Source(byte[][] keys, boolean descending) {
            this.keys = keys;
            this.descending = descending;
        }

        @Override
        public boolean next() {
            taken++;
            return taken <= keys.length;
        }

        @Override
        public byte[] recordKey() {
            return keys[descending ? keys.length - taken : taken - 1];
        }

        @Override
        public @Nullable RecordPointer pointer() {
            return null;
        }
    }
}
