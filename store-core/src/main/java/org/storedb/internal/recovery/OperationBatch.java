package org.storedb.internal.recovery;

import java.util.Arrays;
import org.storedb.internal.bytes.KeyOrder;

/**
 * Operations of the log on one tree that are collected to be applied in key order: neighbours in the tree are then
 * visited one after another, while they are in the processor's cache, and a tree that receives many of them can be
 * rebuilt from its leaves. For one thread.
 */
final class OperationBatch {

    /** After this many, the batch has to be applied before more are added. */
    static final int OPERATIONS_MAX = 1 << 20;

    private static final int OPERATIONS_FIRST = 8;

    /** For each operation: its location, its sequence, its length. Together, since they are fetched together. */
    private static final int WORDS = 3;

    private static final int DELETED = -1;

    private byte[][] keys = new byte[OPERATIONS_FIRST][];
    private long[] words = new long[WORDS * OPERATIONS_FIRST];
    private int size;

    void addPut(long sequence, byte[] key, int segmentId, int offset, int length) {
        add(sequence, key, (long) segmentId << Integer.SIZE | offset, length);
    }

    void addDelete(long sequence, byte[] key) {
        add(sequence, key, 0, DELETED);
    }

    private void add(long sequence, byte[] key, long location, int length) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            words = Arrays.copyOf(words, 2 * size * WORDS);
        }
        keys[size] = key;
        int at = size * WORDS;
        words[at] = location;
        words[at + 1] = sequence;
        words[at + 2] = length;
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the operations, valid until more are added. */
    Operations sorted() {
        return new Operations(KeyOrder.order(keys, size));
    }

    /** Removes all operations. */
    void clear() {
        Arrays.fill(keys, 0, size, null);
        size = 0;
    }

    /**
     * The operations in key order, those of one key in the order in which they were added. Positioned before the first
     * of them.
     */
    final class Operations {

        /** This many are fetched at once: waiting for memory for one after another takes several times as long. */
        private static final int FETCHED_MAX = 256;

        private final int[] order;
        private final byte[][] fetchedKeys = new byte[FETCHED_MAX][];
        private final long[] fetchedWords = new long[FETCHED_MAX * WORDS];
        private int next;
        private int index;
        private int fetched;

        private Operations(int[] order) {
            this.order = order;
        }

        /** Returns the number of operations. */
        int size() {
            return order.length;
        }

        /** Moves to the next operation; returns false if there is none. */
        boolean next() {
            index++;
            return index < fetched || fetch();
        }

        private boolean fetch() {
            int count = Math.min(FETCHED_MAX, order.length - next);
            for (int i = 0; i < count; i++) {
                int from = order[next + i];
                fetchedKeys[i] = keys[from];
                System.arraycopy(words, from * WORDS, fetchedWords, i * WORDS, WORDS);
            }
            next += count;
            fetched = count;
            index = 0;
            return count > 0;
        }

        byte[] key() {
            return fetchedKeys[index];
        }

        long sequence() {
            return fetchedWords[index * WORDS + 1];
        }

        boolean isDelete() {
            return recordLength() == DELETED;
        }

        /** Returns the segment of the record of a put. */
        int segmentId() {
            return (int) (fetchedWords[index * WORDS] >>> Integer.SIZE);
        }

        /** Returns where the record of a put begins there. */
        int recordOffset() {
            return (int) fetchedWords[index * WORDS];
        }

        int recordLength() {
            return (int) fetchedWords[index * WORDS + 2];
        }
    }
}
