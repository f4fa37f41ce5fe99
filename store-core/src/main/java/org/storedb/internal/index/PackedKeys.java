package org.storedb.internal.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The keys of one node in ascending unsigned byte order, without an object per key.
 *
 * <p>A key is taken apart into three pieces: the <em>prefix</em>, which all keys of the block share and which is kept
 * once; the <em>head</em>, the next up to eight bytes as one {@code long}, padded with zero bytes; and the <em>tail</em>,
 * what is left. A search compares heads; lengths and tails count only where heads are equal:
 *
 * <pre>
 * keys     user/1001/a  user/1001/b  user/17       prefix  "user/1"
 * heads    "001/a···"   "001/b···"   "7·······"    (· is padding)
 * tails    ""           ""           ""
 * shapes   (0, 5)       (0, 5)       (0, 1)        (end of the tail, bytes in the head)
 * </pre>
 *
 * <p>Heads are kept with the sign bit flipped, so that the signed order of {@code long} is the unsigned order of the
 * bytes. The prefix is common to all keys but need not be the longest such prefix.
 *
 * <p>A block may be changed only by the editing session that created it; to all others it is immutable. Methods that
 * change it return the block to use from then on: this one, or a new one that belongs to the session.
 */
final class PackedKeys {

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEAD_BYTES = Long.BYTES;
    private static final int SHAPE_BITS = 4;
    private static final int SHAPE_MASK = (1 << SHAPE_BITS) - 1;
    private static final int CAPACITY_STEP = 8;
    private static final byte[] NO_BYTES = {};

    private final Object session;
    private final byte[] prefix;
    private int count;
    private long[] heads;
    /** Per key: where its tail ends in {@link #tails}, and in the lowest bits how many bytes its head has. */
    private int[] shapes;

    private byte[] tails;

    private PackedKeys(Object session, byte[] prefix, int count, long[] heads, int[] shapes, byte[] tails) {
        this.session = session;
        this.prefix = prefix;
        this.count = count;
        this.heads = heads;
        this.shapes = shapes;
        this.tails = tails;
    }

    static PackedKeys empty(Object session) {
        return new PackedKeys(session, NO_BYTES, 0, new long[0], new int[0], NO_BYTES);
    }

    /** Packs {@code keys[from] … keys[to - 1]}, which must be strictly ascending, under their longest common prefix. */
    static PackedKeys pack(byte[][] keys, int from, int to, Object session) {
        if (from == to) {
            return empty(session);
        }
        byte[] prefix = Arrays.copyOf(keys[from], commonPrefixBytes(keys[from], keys[to - 1]));
        int tailBytes = 0;
        for (int i = from; i < to; i++) {
            tailBytes += tailBytes(keys[i], prefix.length);
        }
        int capacity = capacityFor(to - from);
        PackedKeys packed =
                new PackedKeys(session, prefix, 0, new long[capacity], new int[capacity], new byte[tailBytes]);
        for (int i = from; i < to; i++) {
            packed.insertInPlace(packed.count, keys[i]);
        }
        return packed;
    }

    /** Capacity of arrays for {@code count} entries: a little more, so that not every insertion copies. */
    static int capacityFor(int count) {
        return (count + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP;
    }

    int count() {
        return count;
    }

    /** Bytes of all tails: what makes this block large when its keys are long. */
    int tailBytes() {
        return tailEnd(count - 1);
    }

    int prefixBytes() {
        return prefix.length;
    }

    /** The position of {@code key}, or {@code -(insertion point) - 1} if it is not here. */
    int find(byte[] key) {
        if (prefix.length > 0) {
            int shared = Arrays.mismatch(prefix, 0, prefix.length, key, 0, Math.min(prefix.length, key.length));
            if (shared >= 0) {
                boolean below = shared >= key.length || (key[shared] & 0xFF) < (prefix[shared] & 0xFF);
                return below ? -1 : -count - 1;
            }
        }
        long head = head(key, prefix.length);
        int first = firstHeadNotBelow(head, 0);
        if (first == count || heads[first] != head) {
            return -first - 1;
        }
        return findAmongEqualHeads(key, head, first);
    }

    private int findAmongEqualHeads(byte[] key, long head, int first) {
        int low = first;
        int high = first;
        if (first + 1 < count && heads[first + 1] == head) {
            high = (head == Long.MAX_VALUE ? count : firstHeadNotBelow(head + 1, first)) - 1;
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareBeyondHead(key, middle);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return -low - 1;
    }

    /** The first position at or after {@code from} whose head is at least {@code head}; without branches to mispredict. */
    private int firstHeadNotBelow(long head, int from) {
        long[] heads = this.heads;
        int base = from;
        int length = count - from;
        while (length > 1) {
            int half = length >>> 1;
            base += heads[base + half - 1] < head ? half : 0;
            length -= half;
        }
        return length == 1 && heads[base] < head ? base + 1 : base;
    }

    /** Compares {@code key} with the key at {@code index}, given that prefix and (padded) head are equal. */
    private int compareBeyondHead(byte[] key, int index) {
        int keyHead = Math.min(key.length - prefix.length, HEAD_BYTES);
        int ownHead = headBytes(index);
        if (keyHead < HEAD_BYTES || ownHead < HEAD_BYTES) {
            return Integer.compare(keyHead, ownHead);
        }
        return Arrays.compareUnsigned(
                key, prefix.length + HEAD_BYTES, key.length, tails, tailEnd(index - 1), tailEnd(index));
    }

    /** The key at {@code index}, in a new array. */
    byte[] key(int index) {
        int headBytes = headBytes(index);
        int tailStart = tailEnd(index - 1);
        int tailBytes = tailEnd(index) - tailStart;
        byte[] key = new byte[prefix.length + headBytes + tailBytes];
        System.arraycopy(prefix, 0, key, 0, prefix.length);
        long head = heads[index] ^ Long.MIN_VALUE;
        if (headBytes == HEAD_BYTES) {
            BIG_ENDIAN_LONG.set(key, prefix.length, head);
            System.arraycopy(tails, tailStart, key, prefix.length + HEAD_BYTES, tailBytes);
        } else {
            for (int i = 0; i < headBytes; i++) {
                key[prefix.length + i] = (byte) (head >>> (Long.SIZE - Byte.SIZE * (i + 1)));
            }
        }
        return key;
    }

    byte[][] keys() {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = key(i);
        }
        return keys;
    }

    boolean sameKey(int index, PackedKeys other, int otherIndex) {
        return (this == other && index == otherIndex) || Arrays.equals(key(index), other.key(otherIndex));
    }

    PackedKeys insert(int index, byte[] key, Object session) {
        if (count == 0 || !startsWithPrefix(key)) {
            byte[][] keys = new byte[count + 1][];
            for (int i = 0; i < count; i++) {
                keys[i < index ? i : i + 1] = key(i);
            }
            keys[index] = key;
            return pack(keys, 0, keys.length, session);
        }
        PackedKeys target = editable(session);
        target.insertInPlace(index, key);
        return target;
    }

    private void insertInPlace(int index, byte[] key) {
        int tailBytes = tailBytes(key, prefix.length);
        reserve(tailBytes);
        int moved = count - index;
        int tailStart = tailEnd(index - 1);
        System.arraycopy(tails, tailStart, tails, tailStart + tailBytes, tailBytes() - tailStart);
        System.arraycopy(key, key.length - tailBytes, tails, tailStart, tailBytes);
        System.arraycopy(heads, index, heads, index + 1, moved);
        heads[index] = head(key, prefix.length);
        System.arraycopy(shapes, index, shapes, index + 1, moved);
        shapes[index] = (tailStart + tailBytes) << SHAPE_BITS | Math.min(key.length - prefix.length, HEAD_BYTES);
        count++;
        moveTailEnds(index + 1, tailBytes);
    }

    PackedKeys remove(int index, Object session) {
        PackedKeys target = editable(session);
        target.removeInPlace(index);
        return target;
    }

    private void removeInPlace(int index) {
        int tailStart = tailEnd(index - 1);
        int tailEnd = tailEnd(index);
        System.arraycopy(tails, tailEnd, tails, tailStart, tailBytes() - tailEnd);
        int moved = count - index - 1;
        System.arraycopy(heads, index + 1, heads, index, moved);
        System.arraycopy(shapes, index + 1, shapes, index, moved);
        count--;
        moveTailEnds(index, tailStart - tailEnd);
    }

    private void moveTailEnds(int from, int bytes) {
        int delta = bytes << SHAPE_BITS;
        for (int i = from; i < count; i++) {
            shapes[i] += delta;
        }
    }

    PackedKeys slice(int from, int to, Object session) {
        return pack(keys(), from, to, session);
    }

    /** The keys of this block and then those of {@code higher}. */
    PackedKeys concat(PackedKeys higher, Object session) {
        byte[][] keys = Arrays.copyOf(keys(), count + higher.count);
        System.arraycopy(higher.keys(), 0, keys, count, higher.count);
        return pack(keys, 0, keys.length, session);
    }

    /** At most this many bytes are all tails of the block that {@link #concat} would return. */
    long concatBytes(PackedKeys higher) {
        if (count == 0 || higher.count == 0) {
            return (long) tailBytes() + higher.tailBytes();
        }
        int shared = commonPrefixBytes(key(0), higher.key(higher.count - 1));
        return suffixBytes(shared) + higher.suffixBytes(shared);
    }

    private long suffixBytes(int prefixBytes) {
        long bytes = (long) count * (prefix.length - prefixBytes) + tailBytes();
        for (int i = 0; i < count; i++) {
            bytes += headBytes(i);
        }
        return bytes;
    }

    private PackedKeys editable(Object session) {
        if (session == this.session) {
            return this;
        }
        int capacity = capacityFor(count + 1);
        return new PackedKeys(
                session,
                prefix,
                count,
                Arrays.copyOf(heads, capacity),
                Arrays.copyOf(shapes, capacity),
                Arrays.copyOf(tails, tails.length));
    }

    private void reserve(int tailBytes) {
        if (count == heads.length) {
            heads = Arrays.copyOf(heads, capacityFor(count + 1));
            shapes = Arrays.copyOf(shapes, heads.length);
        }
        int needed = tailBytes() + tailBytes;
        if (needed > tails.length) {
            tails = Arrays.copyOf(tails, needed + needed / CAPACITY_STEP);
        }
    }

    private boolean startsWithPrefix(byte[] key) {
        return key.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
    }

    private int headBytes(int index) {
        return shapes[index] & SHAPE_MASK;
    }

    private int tailEnd(int index) {
        return index < 0 ? 0 : shapes[index] >>> SHAPE_BITS;
    }

    private static int tailBytes(byte[] key, int prefixBytes) {
        return Math.max(0, key.length - prefixBytes - HEAD_BYTES);
    }

    private static long head(byte[] key, int from) {
        if (key.length - from >= HEAD_BYTES) {
            return (long) BIG_ENDIAN_LONG.get(key, from) ^ Long.MIN_VALUE;
        }
        long head = 0;
        for (int i = from; i < key.length; i++) {
            head |= (key[i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i - from + 1));
        }
        return head ^ Long.MIN_VALUE;
    }

    static int commonPrefixBytes(byte[] one, byte[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }
}
