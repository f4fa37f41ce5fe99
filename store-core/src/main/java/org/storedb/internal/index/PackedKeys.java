package org.storedb.internal.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.KeyHead;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.bytes.PackedLongs;

/**
 * Keys in ascending unsigned byte order, without an object per key.
 *
 * <p>A key is split into three pieces: the <em>prefix</em>, which all keys of the block share and which is stored once;
 * the <em>head</em>, the next up to eight bytes as one {@code long}, padded with zero bytes; and the <em>tail</em>,
 * which is the rest. A search compares heads; lengths and tails matter only where heads are equal:
 *
 * <pre>
 * keys     user/1001/a  user/1001/bob  user/17       prefix  "user/1"
 * heads    "001/a···"   "001/bob·"     "7·······"    (· is padding)
 * tails    ""           ""             ""
 * shapes   (0, 5)       (0, 7)         (0, 1)        (end of the tail, bytes in the head)
 * </pre>
 *
 * <p>Shapes are stored only if the keys differ in length. The prefix is common to all keys but need not be the longest
 * one.
 *
 * <p>A lookup waits for memory more than for anything else, so a node is a block of keys rather than having one, and
 * what a search needs first (the beginning of the prefix, the heads) is one step away from it. Two blocks may share the
 * arrays; the block that has taken them over copies them before it changes its keys.
 */
class PackedKeys {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final long[] NO_HEADS = {};
    private static final byte[] NO_BYTES = {};
    private static final int HEAD_BYTES = KeyHead.BYTES;
    /** By how many keys the capacity increases when a block grows repeatedly. */
    private static final int CAPACITY_STEP = 8;
    /**
     * This many heads are counted rather than halved: no branch is mispredicted, and all of them are fetched at once.
     */
    private static final int COUNTED_HEADS = 32;
    /** Stands for the length of keys that differ in length. */
    private static final int VARYING = -1;

    private int count;
    private int prefixBytes;
    /** The length of each key, or {@link #VARYING}. */
    private int keyBytes;

    private boolean shared;
    /** The first eight bytes of the prefix, padded with zeros if it is shorter. */
    private long prefixStart;

    private long[] heads = NO_HEADS;
    private int @Nullable [] shapes; // See PackedShape; null unless keys differ in length.
    private byte[] bytes = NO_BYTES; // The prefix, the tails, and free space.

    /** Takes over the keys of another block. */
    final void shareKeysOf(PackedKeys other) {
        count = other.count;
        prefixBytes = other.prefixBytes;
        keyBytes = other.keyBytes;
        prefixStart = other.prefixStart;
        heads = other.heads;
        shapes = other.shapes;
        bytes = other.bytes;
        shared = true;
    }

    /** Replaces the keys by {@code keys[from] … keys[to - 1]}, which must be strictly ascending. */
    final void setKeys(byte[][] keys, int from, int to) {
        count = to - from;
        setPrefix(count == 0 ? NO_BYTES : keys[from], count == 0 ? 0 : commonPrefixBytes(keys[from], keys[to - 1]));
        keyBytes = commonLength(keys, from, to);
        heads = new long[count];
        shapes = keyBytes == VARYING ? new int[count] : null;
        int tailEnd = 0;
        for (int i = from; i < to; i++) {
            tailEnd += tailBytes(keys[i]);
            setHeadAndShape(i - from, keys[i], tailEnd);
        }
        byte[] prefix = bytes;
        bytes = Arrays.copyOf(prefix, prefixBytes + tailEnd);
        int at = prefixBytes;
        for (int i = from; i < to; i++) {
            int tailBytes = tailBytes(keys[i]);
            System.arraycopy(keys[i], keys[i].length - tailBytes, bytes, at, tailBytes);
            at += tailBytes;
        }
        shared = false;
    }

    private void setPrefix(byte[] key, int length) {
        prefixBytes = length;
        bytes = Arrays.copyOf(key, length);
        prefixStart = KeyHead.bytes(KeyHead.of(bytes, 0));
    }

    private static int commonLength(byte[][] keys, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (keys[i].length != keys[from].length) {
                return VARYING;
            }
        }
        return from == to ? 0 : keys[from].length;
    }

    static int commonPrefixBytes(byte[] one, byte[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    /**
     * Replaces the keys by those that {@link #writeKeys} wrote, after their number.
     *
     * @throws MalformedBytesException unless some block of ascending keys could have written it
     */
    final void readKeys(ByteReader source, int keys) {
        count = keys;
        prefixBytes = source.readLength();
        keyBytes = source.readVarintAsInt() - 1;
        if (count == 0 || count > Leaf.ENTRIES_MAX) {
            throw new MalformedBytesException("Invalid leaf of " + count + " keys");
        }
        heads = PackedSteps.read(source, count);
        shapes = keyBytes == VARYING ? PackedShape.read(source, count) : null;
        requireShapes();
        int tailBytes = source.readLength();
        if (tailBytes != tailBytes()) {
            throw new MalformedBytesException("The tails of a block have " + tailBytes() + " bytes, not " + tailBytes);
        }
        bytes = source.readBytes(prefixBytes + tailBytes);
        prefixStart = KeyHead.bytes(KeyHead.of(Arrays.copyOf(bytes, Math.min(prefixBytes, HEAD_BYTES)), 0));
        for (int i = 1; i < count; i++) {
            if (!isBelow(i - 1, i)) {
                throw new MalformedBytesException("Key " + i + " of a leaf is not greater than the previous one");
            }
        }
        shared = false;
    }

    private void requireShapes() {
        if (shapes == null && keyBytes - prefixBytes >= HEAD_BYTES && keyBytes <= CountedTree.KEY_BYTES_MAX) {
            return; // No key is padded.
        }
        int tailStart = 0;
        for (int i = 0; i < count; i++) {
            int tailEnd = tailEnd(i);
            int headBytes = headBytes(i);
            boolean fits = headBytes < HEAD_BYTES
                    ? headBytes >= 0 && tailEnd == tailStart && KeyHead.isPadded(heads[i], headBytes)
                    : headBytes == HEAD_BYTES && tailEnd >= tailStart;
            if (!fits || (long) prefixBytes + headBytes + tailEnd - tailStart > CountedTree.KEY_BYTES_MAX) {
                throw new MalformedBytesException("Key " + i + " of a leaf has an invalid shape");
            }
            tailStart = tailEnd;
        }
    }

    private boolean isBelow(int index, int next) {
        if (heads[index] != heads[next]) {
            return heads[index] < heads[next];
        }
        if (headBytes(index) != headBytes(next)) {
            return headBytes(index) < headBytes(next);
        }
        return Arrays.compareUnsigned(bytes, tailAt(index), tailAt(index + 1), bytes, tailAt(next), tailAt(next + 1))
                < 0;
    }

    /** Writes the keys: heads as steps from one to the next, lengths after the prefix, then the bytes. */
    final void writeKeys(ByteWriter target) {
        target.putVarint(count).putVarint(prefixBytes).putVarint(keyBytes + 1L);
        PackedSteps.write(target, heads, count);
        if (shapes != null) {
            long[] lengths = new long[count];
            for (int i = 0; i < count; i++) {
                lengths[i] = (long) headBytes(i) + tailAt(i + 1) - tailAt(i);
            }
            PackedLongs.write(target, lengths, count);
        }
        target.putVarint(tailBytes()).putBytes(bytes, 0, prefixBytes + tailBytes());
    }

    final int keyCount() {
        return count;
    }

    /** Reads the memory that a search needs, two cache lines at a time; the return value means nothing. */
    final long touchKeys() {
        long sum = bytes.length;
        for (int i = 0; i < count; i += 16) { // longs
            sum += heads[i];
        }
        return sum;
    }

    /** Returns the bytes of all tails: what makes this block large when its keys are long. */
    final int tailBytes() {
        return tailEnd(count - 1);
    }

    /** Returns the position of {@code key}, or {@code -(insertion point) - 1} if it is absent. */
    final int find(byte[] key) {
        if (prefixBytes > 0 && !hasPrefix(key)) {
            return isBelowPrefix(key) ? -1 : -count - 1;
        }
        long head = KeyHead.of(key, prefixBytes);
        int first = firstHeadNotBelow(head, 0);
        if (first == count || heads[first] != head) {
            return -first - 1;
        }
        return findAmongEqualHeads(key, head, first);
    }

    private boolean hasPrefix(byte[] key) {
        if (key.length < HEAD_BYTES) {
            return sharedWithPrefix(key) == prefixBytes;
        }
        long difference = (long) BIG_ENDIAN.get(key, 0) ^ prefixStart;
        return prefixBytes <= HEAD_BYTES
                ? difference >>> (Long.SIZE - Byte.SIZE * prefixBytes) == 0
                : difference == 0 && sharedWithPrefix(key) == prefixBytes;
    }

    private boolean isBelowPrefix(byte[] key) {
        int shared = sharedWithPrefix(key);
        return shared == key.length || (key[shared] & 0xFF) < (bytes[shared] & 0xFF);
    }

    private int sharedWithPrefix(byte[] key) {
        int compared = Math.min(prefixBytes, key.length);
        int mismatch = Arrays.mismatch(bytes, 0, compared, key, 0, compared);
        return mismatch < 0 ? compared : mismatch;
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

    /** Returns the first position at or after {@code from} whose head is at least {@code head}. */
    private int firstHeadNotBelow(long head, int from) {
        long[] all = heads;
        int base = from;
        int length = count - from;
        while (length > COUNTED_HEADS) {
            int half = length >>> 1;
            base += all[base + half - 1] < head ? half : 0;
            length -= half;
        }
        int below = base;
        for (int i = base; i < base + length; i++) {
            below += all[i] < head ? 1 : 0;
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
        int from = tailAt(index);
        int to = tailAt(index + 1);
        if (key.length == keyBytes && isSameShortTail(key, from, to)) {
            return 0;
        }
        return Arrays.compareUnsigned(key, prefixBytes + HEAD_BYTES, key.length, bytes, from, to);
    }

    /** Returns whether two tails of the same length are equal, as far as one comparison can tell. */
    private boolean isSameShortTail(byte[] key, int from, int to) {
        int tailBytes = to - from;
        if (tailBytes == 0) {
            return true;
        }
        if (tailBytes > Long.BYTES || to < Long.BYTES) {
            return false;
        }
        long difference =
                (long) BIG_ENDIAN.get(key, key.length - Long.BYTES) ^ (long) BIG_ENDIAN.get(bytes, to - Long.BYTES);
        return difference << (Long.SIZE - Byte.SIZE * tailBytes) == 0;
    }

    /**
     * Returns the key at {@code index}, in a new array. Short pieces are copied as overlapping words: what is wrong in
     * one is overwritten by the next.
     */
    final byte[] key(int index) {
        int headBytes = headBytes(index);
        int tailAt = tailAt(index);
        int tailEnd = tailAt(index + 1);
        int tailBytes = tailEnd - tailAt;
        byte[] key = new byte[prefixBytes + headBytes + tailBytes];
        if (prefixBytes <= Long.BYTES && key.length >= Long.BYTES) {
            BIG_ENDIAN.set(key, 0, prefixStart);
        } else {
            System.arraycopy(bytes, 0, key, 0, prefixBytes);
        }
        if (headBytes < HEAD_BYTES) {
            KeyHead.copy(heads[index], headBytes, key, prefixBytes);
            return key;
        }
        if (tailBytes <= Long.BYTES && tailEnd >= Long.BYTES) {
            BIG_ENDIAN.set(key, key.length - Long.BYTES, (long) BIG_ENDIAN.get(bytes, tailEnd - Long.BYTES));
        } else {
            System.arraycopy(bytes, tailAt, key, prefixBytes + HEAD_BYTES, tailBytes);
        }
        BIG_ENDIAN.set(key, prefixBytes, KeyHead.bytes(heads[index]));
        return key;
    }

    final byte[][] keys() {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = key(i);
        }
        return keys;
    }

    final boolean sameKey(int index, PackedKeys other, int otherIndex) {
        if (heads == other.heads && bytes == other.bytes) {
            return index == otherIndex;
        }
        if (prefixBytes != other.prefixBytes) {
            return Arrays.equals(key(index), other.key(otherIndex));
        }
        return heads[index] == other.heads[otherIndex]
                && headBytes(index) == other.headBytes(otherIndex)
                && Arrays.equals(bytes, 0, prefixBytes, other.bytes, 0, prefixBytes)
                && Arrays.equals(
                        bytes,
                        tailAt(index),
                        tailAt(index + 1),
                        other.bytes,
                        other.tailAt(otherIndex),
                        other.tailAt(otherIndex + 1));
    }

    final void insertKey(int index, byte[] key) {
        if (count == 0 || sharedWithPrefix(key) < prefixBytes) {
            byte[][] all = new byte[count + 1][];
            for (int i = 0; i < count; i++) {
                all[i < index ? i : i + 1] = key(i);
            }
            all[index] = key;
            setKeys(all, 0, all.length);
            return;
        }
        if (key.length != keyBytes && shapes == null) {
            keepShapes();
        }
        int tailStart = tailEnd(index - 1);
        int tailBytes = tailBytes(key);
        makeRoomForBytes(tailStart, tailBytes);
        System.arraycopy(key, key.length - tailBytes, bytes, prefixBytes + tailStart, tailBytes);
        makeRoomForHead(index);
        shared = false;
        count++;
        setHeadAndShape(index, key, tailStart + tailBytes);
        moveTailEnds(index + 1, tailBytes);
    }

    private void keepShapes() {
        int[] kept = new int[heads.length];
        for (int i = 0; i < count; i++) {
            kept[i] = PackedShape.of(headBytes(i), tailEnd(i));
        }
        shapes = kept;
        keyBytes = VARYING;
    }

    /** Makes room in the tails; a block that takes over the arrays of another one gets them without spare room. */
    private void makeRoomForBytes(int tailStart, int more) {
        int used = prefixBytes + tailBytes();
        int at = prefixBytes + tailStart;
        byte[] from = bytes;
        if (shared || from.length < used + more) {
            bytes = new byte[used + more + (shared ? 0 : (used + more) / CAPACITY_STEP)];
            System.arraycopy(from, 0, bytes, 0, at);
        }
        System.arraycopy(from, at, bytes, at + more, used - at);
    }

    private void makeRoomForHead(int index) {
        long[] fromHeads = heads;
        int[] fromShapes = shapes;
        if (shared || fromHeads.length == count) {
            heads = new long[count + (shared ? 1 : CAPACITY_STEP)];
            System.arraycopy(fromHeads, 0, heads, 0, index);
        }
        System.arraycopy(fromHeads, index, heads, index + 1, count - index);
        if (fromShapes != null) {
            int[] target = fromShapes;
            if (heads != fromHeads) {
                target = new int[heads.length];
                System.arraycopy(fromShapes, 0, target, 0, index);
            }
            System.arraycopy(fromShapes, index, target, index + 1, count - index);
            shapes = target;
        }
    }

    final void removeKey(int index) {
        if (shared) {
            bytes = bytes.clone();
            heads = heads.clone();
            shapes = shapes == null ? null : shapes.clone();
            shared = false;
        }
        int tailAt = tailAt(index);
        int tailBytes = tailAt(index + 1) - tailAt;
        System.arraycopy(bytes, tailAt + tailBytes, bytes, tailAt, prefixBytes + tailBytes() - tailAt - tailBytes);
        System.arraycopy(heads, index + 1, heads, index, count - index - 1);
        if (shapes != null) {
            System.arraycopy(shapes, index + 1, shapes, index, count - index - 1);
        }
        count--;
        moveTailEnds(index, -tailBytes);
    }

    private void moveTailEnds(int from, int moved) {
        int[] all = shapes;
        if (all != null && moved != 0) {
            for (int i = from; i < count; i++) {
                all[i] = PackedShape.moved(all[i], moved);
            }
        }
    }

    private void setHeadAndShape(int index, byte[] key, int tailEnd) {
        heads[index] = KeyHead.of(key, prefixBytes);
        if (shapes != null) {
            shapes[index] = PackedShape.of(Math.min(key.length - prefixBytes, HEAD_BYTES), tailEnd);
        }
    }

    private int headBytes(int index) {
        return shapes == null ? Math.min(keyBytes - prefixBytes, HEAD_BYTES) : PackedShape.headBytes(shapes[index]);
    }

    /** Returns where the tail of the key at {@code index} begins in {@link #bytes}; the one before it ends there. */
    private int tailAt(int index) {
        return prefixBytes + tailEnd(index - 1);
    }

    private int tailEnd(int index) {
        if (shapes == null) {
            return (index + 1) * Math.max(0, keyBytes - prefixBytes - HEAD_BYTES);
        }
        return index < 0 ? 0 : PackedShape.tailEnd(shapes[index]);
    }

    private int tailBytes(byte[] key) {
        return Math.max(0, key.length - prefixBytes - HEAD_BYTES);
    }
}
