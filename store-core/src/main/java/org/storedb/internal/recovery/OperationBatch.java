package org.storedb.internal.recovery;

import java.util.Arrays;

/**
 * Operations of the log that are collected to be applied in the order of their keys: neighbours in a tree are then met one
 * after the other, while they are in the processor's cache, which makes a replay several times as fast. Those of one key
 * stay in the order in which they came. For one thread.
 */
final class OperationBatch {

    private static final int INDEX_BITS = 17;
    private static final int OPERATIONS_MAX = 1 << INDEX_BITS;
    private static final int OPERATIONS_FIRST = 64;

    /** Keeps the bytes of collected keys within bounds. */
    private static final int KEY_BYTES_MAX = 32 << 20;

    private static final int DELETED = -1;

    private final Target target;
    private byte[][] keys = new byte[OPERATIONS_FIRST][];
    private int[] treeIds = new int[OPERATIONS_FIRST];
    private long[] sequences = new long[OPERATIONS_FIRST];
    private int[] segmentIds = new int[OPERATIONS_FIRST];
    private int[] offsets = new int[OPERATIONS_FIRST];
    private int[] lengths = new int[OPERATIONS_FIRST];
    private int size;
    private int keyBytes;

    OperationBatch(Target target) {
        this.target = target;
    }

    void addPut(int treeId, long sequence, byte[] key, int segmentId, int offset, int length) {
        add(treeId, sequence, key, segmentId, offset, length);
    }

    void addDelete(int treeId, long sequence, byte[] key) {
        add(treeId, sequence, key, 0, 0, DELETED);
    }

    private void add(int treeId, long sequence, byte[] key, int segmentId, int offset, int length) {
        if (size == keys.length) {
            grow(2 * size);
        }
        segmentIds[size] = segmentId;
        offsets[size] = offset;
        keys[size] = key;
        treeIds[size] = treeId;
        sequences[size] = sequence;
        lengths[size] = length;
        size++;
        keyBytes += key.length;
        if (size == OPERATIONS_MAX || keyBytes >= KEY_BYTES_MAX) {
            flush();
        }
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        treeIds = Arrays.copyOf(treeIds, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        segmentIds = Arrays.copyOf(segmentIds, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
    }

    /** Applies all that was collected. */
    void flush() {
        for (int index : order()) {
            byte[] key = keys[index];
            if (lengths[index] == DELETED) {
                target.remove(treeIds[index], sequences[index], key);
            } else {
                target.put(treeIds[index], sequences[index], key, segmentIds[index], offsets[index], lengths[index]);
            }
        }
        Arrays.fill(keys, 0, size, null);
        size = 0;
        keyBytes = 0;
    }

    /** Sorts by the first bytes behind what all keys share, which mostly tells them apart, then the rest of it. */
    private int[] order() {
        int shared = sharedBytes();
        long[] heads = new long[size];
        for (int i = 0; i < size; i++) {
            heads[i] = headOf(keys[i], shared) >>> (INDEX_BITS + 1) << INDEX_BITS | i;
        }
        Arrays.sort(heads);
        int[] order = new int[size];
        int from = 0;
        for (int i = 0; i < size; i++) {
            order[i] = (int) heads[i] & (OPERATIONS_MAX - 1);
            boolean ends = i + 1 == size || heads[i] >>> INDEX_BITS != heads[i + 1] >>> INDEX_BITS;
            if (ends) {
                sortByKey(order, from, i + 1);
                from = i + 1;
            }
        }
        return order;
    }

    private void sortByKey(int[] order, int from, int to) {
        if (to - from > 1) {
            Integer[] part = new Integer[to - from];
            Arrays.setAll(part, i -> order[from + i]);
            Arrays.sort(part, (one, other) -> Arrays.compareUnsigned(keys[one], keys[other])); // Stable.
            for (int i = 0; i < part.length; i++) {
                order[from + i] = part[i];
            }
        }
    }

    private int sharedBytes() {
        int shared = size == 0 ? 0 : keys[0].length;
        for (int i = 1; i < size && shared > 0; i++) {
            int mismatch = Arrays.mismatch(keys[0], 0, shared, keys[i], 0, Math.min(shared, keys[i].length));
            shared = mismatch < 0 ? shared : mismatch;
        }
        return shared;
    }

    private static long headOf(byte[] key, int from) {
        long head = 0;
        int end = Math.min(key.length, from + Long.BYTES);
        for (int i = from; i < end; i++) {
            head |= (key[i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i - from + 1));
        }
        return head;
    }

    /** Takes the operations in their new order. */
    interface Target {

        void put(int treeId, long sequence, byte[] key, int segmentId, int offset, int length);

        void remove(int treeId, long sequence, byte[] key);
    }
}
