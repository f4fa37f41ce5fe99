package org.storedb.internal.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * The keys of one node in ascending unsigned byte order, without an object per key.
 *
 * <p>A key is taken apart into three pieces: the <em>prefix</em>, which all keys of the block share and which is kept
 * once; the <em>head</em>, the next up to eight bytes as one {@code long}, padded with zero bytes; and the <em>tail</em>,
 * what is left. A search compares heads; lengths and tails count only where heads are equal:
 *
 * <pre>
 * keys     user/1001/a  user/1001/bob  user/17       prefix  "user/1"
 * heads    "001/a···"   "001/bob·"     "7·······"    (· is padding)
 * tails    ""           ""             ""
 * shapes   (0, 5)       (0, 7)         (0, 1)        (end of the tail, bytes in the head)
 * </pre>
 *
 * <p>One byte array, the page, holds all of it, so that a search touches few places in memory:
 *
 * <pre>
 * [ heads: 8 × capacity | shapes: 4 × capacity | prefix | tails | free ]
 * </pre>
 *
 * <p>Heads have their sign bit flipped, so that the signed order of {@code long} is the unsigned order of the bytes. The
 * prefix is common to all keys but need not be the longest such prefix.
 *
 * <p>A block may be changed only by the editing session that created it; to all others it is immutable. Methods that
 * change it return the block to use from then on: this one, or a new one that belongs to the session.
 */
final class PackedKeys {

    private static final VarHandle HEAD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHAPE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int HEAD_BYTES = Long.BYTES;
    private static final int SHAPE_BYTES = Integer.BYTES;
    /** The lowest bits of a shape are the bytes in the head; those above are where the tail ends. */
    private static final int SHAPE_BITS = 4;

    private static final int SHAPE_MASK = (1 << SHAPE_BITS) - 1;
    private static final int CAPACITY_STEP = 8;
    /** So many heads are counted rather than halved: no branch to mispredict, and one stream of memory. */
    private static final int COUNTED_HEADS = 32;

    private final Object session;
    private final int prefixBytes;
    private final int capacity;
    private final byte[] page;
    private int count;

    private PackedKeys(Object session, int prefixBytes, int capacity, int tailBytesMax) {
        this.session = session;
        this.prefixBytes = prefixBytes;
        this.capacity = capacity;
        this.page = new byte[capacity * (HEAD_BYTES + SHAPE_BYTES) + prefixBytes + tailBytesMax];
    }

    static PackedKeys empty(Object session) {
        return new PackedKeys(session, 0, 0, 0);
    }

    /** Packs {@code keys[from] … keys[to - 1]}, which must be strictly ascending, under their longest common prefix. */
    static PackedKeys pack(byte[][] keys, int from, int to, Object session) {
        if (from == to) {
            return empty(session);
        }
        int prefixBytes = commonPrefixBytes(keys[from], keys[to - 1]);
        int tailBytes = 0;
        for (int i = from; i < to; i++) {
            tailBytes += tailBytes(keys[i], prefixBytes);
        }
        PackedKeys packed = new PackedKeys(session, prefixBytes, capacityFor(to - from), tailBytes);
        System.arraycopy(keys[from], 0, packed.page, packed.prefixAt(), prefixBytes);
        for (int i = from; i < to; i++) {
            packed.insertInPlace(packed.count, keys[i]);
        }
        return packed;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException unless it is what some block of ascending keys would have written
     */
    static PackedKeys read(ByteReader source, Object session) {
        int count = source.readVarintAsInt();
        int prefixBytes = source.readLength();
        int tailBytes = source.readLength();
        if ((long) count * (HEAD_BYTES + SHAPE_BYTES) > source.remaining()) {
            throw new MalformedBytesException(count + " keys where " + source.remaining() + " bytes are left");
        }
        PackedKeys keys = new PackedKeys(session, prefixBytes, capacityFor(count), tailBytes);
        source.readInto(keys.page, 0, count * HEAD_BYTES);
        source.readInto(keys.page, keys.shapesAt(), count * SHAPE_BYTES);
        source.readInto(keys.page, keys.prefixAt(), prefixBytes + tailBytes);
        keys.count = count;
        keys.requireWellFormed(tailBytes);
        return keys;
    }

    /** Writes the arrays nearly as they are, heads and shapes in the byte order of this machine. */
    void write(ByteWriter target) {
        target.putVarint(count).putVarint(prefixBytes).putVarint(tailBytes());
        target.putBytes(page, 0, count * HEAD_BYTES);
        target.putBytes(page, shapesAt(), count * SHAPE_BYTES);
        target.putBytes(page, prefixAt(), prefixBytes + tailBytes());
    }

    private void requireWellFormed(int tailBytes) {
        int tailStart = 0;
        for (int i = 0; i < count; i++) {
            int tailEnd = tailEnd(i);
            int headBytes = headBytes(i);
            boolean fits = headBytes < HEAD_BYTES
                    ? tailEnd == tailStart && isPadded(head(i) ^ Long.MIN_VALUE, headBytes)
                    : headBytes == HEAD_BYTES && tailEnd >= tailStart && tailEnd <= tailBytes;
            if (!fits || prefixBytes + headBytes + tailEnd - tailStart > CountedTree.KEY_BYTES_MAX) {
                throw new MalformedBytesException("Key " + i + " of a leaf has an impossible shape");
            }
            if (i > 0 && !isBelow(i - 1, i)) {
                throw new MalformedBytesException("Key " + i + " of a leaf is not above the one before it");
            }
            tailStart = tailEnd;
        }
        if (tailStart != tailBytes) {
            throw new MalformedBytesException("A leaf has bytes that belong to no key");
        }
    }

    private static boolean isPadded(long head, int headBytes) {
        return headBytes == 0 ? head == 0 : head << (headBytes * Byte.SIZE) == 0;
    }

    private boolean isBelow(int index, int next) {
        if (head(index) != head(next)) {
            return head(index) < head(next);
        }
        if (headBytes(index) != headBytes(next)) {
            return headBytes(index) < headBytes(next);
        }
        int tailsAt = tailsAt();
        return Arrays.compareUnsigned(
                        page,
                        tailsAt + tailEnd(index - 1),
                        tailsAt + tailEnd(index),
                        page,
                        tailsAt + tailEnd(next - 1),
                        tailsAt + tailEnd(next))
                < 0;
    }

    /** Capacity for {@code count} entries: a little more, so that not every insertion copies. */
    static int capacityFor(int count) {
        return (count + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP;
    }

    static int commonPrefixBytes(byte[] one, byte[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    int count() {
        return count;
    }

    /** Bytes of all tails: what makes this block large when its keys are long. */
    int tailBytes() {
        return tailEnd(count - 1);
    }

    /** The position of {@code key}, or {@code -(insertion point) - 1} if it is not here. */
    int find(byte[] key) {
        if (prefixBytes > 0) {
            int shared = sharedWithPrefix(key);
            if (shared < prefixBytes) {
                boolean below = shared == key.length || (key[shared] & 0xFF) < (page[prefixAt() + shared] & 0xFF);
                return below ? -1 : -count - 1;
            }
        }
        long head = headOf(key, prefixBytes);
        int first = firstHeadNotBelow(head, 0);
        if (first == count || head(first) != head) {
            return -first - 1;
        }
        return findAmongEqualHeads(key, head, first);
    }

    private int findAmongEqualHeads(byte[] key, long head, int first) {
        int low = first;
        int high = first;
        if (first + 1 < count && head(first + 1) == head) {
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

    /** The first position at or after {@code from} whose head is at least {@code head}. */
    private int firstHeadNotBelow(long head, int from) {
        int base = from;
        int length = count - from;
        while (length > COUNTED_HEADS) {
            int half = length >>> 1;
            base += head(base + half - 1) < head ? half : 0;
            length -= half;
        }
        int below = base;
        for (int i = base; i < base + length; i++) {
            below += head(i) < head ? 1 : 0;
        }
        return below;
    }

    /** Compares {@code key} with the key at {@code index}, given that prefix and (padded) head are equal. */
    private int compareBeyondHead(byte[] key, int index) {
        int keyHead = Math.min(key.length - prefixBytes, HEAD_BYTES);
        int ownHead = headBytes(index);
        if (keyHead < HEAD_BYTES || ownHead < HEAD_BYTES) {
            return Integer.compare(keyHead, ownHead);
        }
        int tailsAt = tailsAt();
        return Arrays.compareUnsigned(
                key,
                prefixBytes + HEAD_BYTES,
                key.length,
                page,
                tailsAt + tailEnd(index - 1),
                tailsAt + tailEnd(index));
    }

    /** The key at {@code index}, in a new array. */
    byte[] key(int index) {
        int headBytes = headBytes(index);
        int tailStart = tailEnd(index - 1);
        int tailBytes = tailEnd(index) - tailStart;
        byte[] key = new byte[prefixBytes + headBytes + tailBytes];
        System.arraycopy(page, prefixAt(), key, 0, prefixBytes);
        long head = head(index) ^ Long.MIN_VALUE;
        if (headBytes == HEAD_BYTES) {
            BIG_ENDIAN.set(key, prefixBytes, head);
            System.arraycopy(page, tailsAt() + tailStart, key, prefixBytes + HEAD_BYTES, tailBytes);
        } else {
            for (int i = 0; i < headBytes; i++) {
                key[prefixBytes + i] = (byte) (head >>> (Long.SIZE - Byte.SIZE * (i + 1)));
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
        if (this == other) {
            return index == otherIndex;
        }
        if (prefixBytes != other.prefixBytes) {
            return Arrays.equals(key(index), other.key(otherIndex));
        }
        return head(index) == other.head(otherIndex)
                && headBytes(index) == other.headBytes(otherIndex)
                && sameBytes(prefixAt(), tailsAt(), other, other.prefixAt(), other.tailsAt())
                && sameBytes(
                        tailsAt() + tailEnd(index - 1),
                        tailsAt() + tailEnd(index),
                        other,
                        other.tailsAt() + other.tailEnd(otherIndex - 1),
                        other.tailsAt() + other.tailEnd(otherIndex));
    }

    private boolean sameBytes(int from, int to, PackedKeys other, int otherFrom, int otherTo) {
        return Arrays.equals(page, from, to, other.page, otherFrom, otherTo);
    }

    PackedKeys insert(int index, byte[] key, Object session) {
        if (count == 0 || sharedWithPrefix(key) < prefixBytes) {
            byte[][] keys = new byte[count + 1][];
            for (int i = 0; i < count; i++) {
                keys[i < index ? i : i + 1] = key(i);
            }
            keys[index] = key;
            return pack(keys, 0, keys.length, session);
        }
        PackedKeys target = withRoomFor(tailBytes(key, prefixBytes), session);
        target.insertInPlace(index, key);
        return target;
    }

    private PackedKeys withRoomFor(int tailBytes, Object session) {
        int needed = tailBytes() + tailBytes;
        if (session == this.session && count < capacity && tailsAt() + needed <= page.length) {
            return this;
        }
        return copy(session, capacityFor(count + 1), needed + needed / CAPACITY_STEP);
    }

    private void insertInPlace(int index, byte[] key) {
        int tailBytes = tailBytes(key, prefixBytes);
        int tailStart = tailEnd(index - 1);
        int at = tailsAt() + tailStart;
        System.arraycopy(page, at, page, at + tailBytes, tailBytes() - tailStart);
        System.arraycopy(key, key.length - tailBytes, page, at, tailBytes);
        moveHeadsAndShapes(index, index + 1);
        count++;
        HEAD.set(page, index * HEAD_BYTES, headOf(key, prefixBytes));
        setShape(index, (tailStart + tailBytes) << SHAPE_BITS | Math.min(key.length - prefixBytes, HEAD_BYTES));
        moveTailEnds(index + 1, tailBytes);
    }

    PackedKeys remove(int index, Object session) {
        PackedKeys target = session == this.session ? this : copy(session, capacity, tailBytes());
        target.removeInPlace(index);
        return target;
    }

    private void removeInPlace(int index) {
        int tailStart = tailEnd(index - 1);
        int tailEnd = tailEnd(index);
        int tailsAt = tailsAt();
        System.arraycopy(page, tailsAt + tailEnd, page, tailsAt + tailStart, tailBytes() - tailEnd);
        moveHeadsAndShapes(index + 1, index);
        count--;
        moveTailEnds(index, tailStart - tailEnd);
    }

    private void moveHeadsAndShapes(int from, int to) {
        int moved = count - from;
        System.arraycopy(page, from * HEAD_BYTES, page, to * HEAD_BYTES, moved * HEAD_BYTES);
        int shapesAt = shapesAt();
        System.arraycopy(page, shapesAt + from * SHAPE_BYTES, page, shapesAt + to * SHAPE_BYTES, moved * SHAPE_BYTES);
    }

    private void moveTailEnds(int from, int bytes) {
        if (bytes != 0) {
            for (int i = from; i < count; i++) {
                setShape(i, shape(i) + (bytes << SHAPE_BITS));
            }
        }
    }

    private PackedKeys copy(Object session, int capacity, int tailBytesMax) {
        PackedKeys copy = new PackedKeys(session, prefixBytes, capacity, tailBytesMax);
        copy.count = count;
        System.arraycopy(page, 0, copy.page, 0, count * HEAD_BYTES);
        System.arraycopy(page, shapesAt(), copy.page, copy.shapesAt(), count * SHAPE_BYTES);
        System.arraycopy(page, prefixAt(), copy.page, copy.prefixAt(), prefixBytes + tailBytes());
        return copy;
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
        long bytes = (long) count * (this.prefixBytes - prefixBytes) + tailBytes();
        for (int i = 0; i < count; i++) {
            bytes += headBytes(i);
        }
        return bytes;
    }

    private int sharedWithPrefix(byte[] key) {
        int compared = Math.min(prefixBytes, key.length);
        int mismatch = Arrays.mismatch(page, prefixAt(), prefixAt() + compared, key, 0, compared);
        return mismatch < 0 ? compared : mismatch;
    }

    private long head(int index) {
        return (long) HEAD.get(page, index * HEAD_BYTES);
    }

    private int shape(int index) {
        return (int) SHAPE.get(page, shapesAt() + index * SHAPE_BYTES);
    }

    private void setShape(int index, int shape) {
        SHAPE.set(page, shapesAt() + index * SHAPE_BYTES, shape);
    }

    private int headBytes(int index) {
        return shape(index) & SHAPE_MASK;
    }

    private int tailEnd(int index) {
        return index < 0 ? 0 : shape(index) >>> SHAPE_BITS;
    }

    private int shapesAt() {
        return capacity * HEAD_BYTES;
    }

    private int prefixAt() {
        return capacity * (HEAD_BYTES + SHAPE_BYTES);
    }

    private int tailsAt() {
        return prefixAt() + prefixBytes;
    }

    private static int tailBytes(byte[] key, int prefixBytes) {
        return Math.max(0, key.length - prefixBytes - HEAD_BYTES);
    }

    private static long headOf(byte[] key, int from) {
        if (key.length - from >= HEAD_BYTES) {
            return (long) BIG_ENDIAN.get(key, from) ^ Long.MIN_VALUE;
        }
        long head = 0;
        for (int i = from; i < key.length; i++) {
            head |= (key[i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i - from + 1));
        }
        return head ^ Long.MIN_VALUE;
    }
}
