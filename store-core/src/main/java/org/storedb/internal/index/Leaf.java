package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * The entries: packed keys and, beside them, the words of their values, all values having as many as the one that needs
 * most. Entries and the bytes of their keys are limited, and thereby the cost of copying a leaf.
 */
final class Leaf extends Node {

    static final int ENTRIES_MAX = 64;
    static final int ENTRIES_MIN = ENTRIES_MAX / 4;

    /** Limit for the tails of keys; a leaf of up to {@link #LONG_ENTRIES_MAX} entries may exceed it. */
    static final int KEY_BYTES_MAX = 8 << 10;

    static final int KEY_BYTES_MIN = KEY_BYTES_MAX / 4;
    static final int LONG_ENTRIES_MAX = 3;

    private static final long[] NO_WORDS = {};

    /** By how many values the capacity increases when a leaf grows repeatedly. */
    private static final int CAPACITY_STEP = 8;

    private int wordsPerValue;
    private long[] words = NO_WORDS;
    private boolean wordsShared;

    /** See {@link LeafEntries#attachment}; copies have none. */
    private @Nullable LeafAttachment attachment;

    Leaf(Object session) {
        super(session);
    }

    /**
     * Creates a leaf with {@code keys[from] … keys[to - 1]}; the value of {@code keys[i]} starts at {@code i * stride}
     * in {@code words}.
     */
    static Leaf of(byte[][] keys, long[] words, int from, int to, int stride, Object session) {
        Leaf leaf = new Leaf(session);
        leaf.setKeys(keys, from, to);
        leaf.setWords(words, from, to, stride);
        return leaf;
    }

    private void setWords(long[] source, int from, int to, int stride) {
        int needed = 0;
        for (int i = from; i < to && needed < stride; i++) {
            needed = Math.max(needed, usedWords(source, i * stride, stride));
        }
        wordsPerValue = needed;
        words = restrided(source, from, to, stride, needed, (to - from) * needed);
    }

    /** Returns the number of words of a value without its trailing zeros. */
    private static int usedWords(long[] words, int at, int most) {
        int used = most;
        while (used > 0 && words[at + used - 1] == 0) {
            used--;
        }
        return used;
    }

    private static long[] restrided(long[] source, int from, int to, int stride, int newStride, int length) {
        long[] target = new long[length];
        if (stride == newStride) { // Removed values may remain after the last one.
            System.arraycopy(source, from * stride, target, 0, (to - from) * stride);
            return target;
        }
        int kept = Math.min(stride, newStride);
        for (int i = from; i < to; i++) {
            System.arraycopy(source, i * stride, target, (i - from) * newStride, kept);
        }
        return target;
    }

    /**
     * Reads what {@link #write} wrote, after the number of entries.
     *
     * @throws MalformedBytesException unless a leaf of a well-formed tree could have written it
     */
    static Leaf read(ByteReader source, int entries, ValueColumns columns, Object session) {
        Leaf leaf = new Leaf(session);
        leaf.readKeys(source, entries);
        if (leaf.isOverfull()) {
            throw new MalformedBytesException("Invalid leaf of " + leaf.keyCount() + " keys");
        }
        int stride = source.readVarintAsInt();
        if (stride > columns.wordsMax()) {
            throw new MalformedBytesException(
                    "Invalid leaf of " + stride + " words per value, at most " + columns.wordsMax());
        }
        leaf.wordsPerValue = stride;
        leaf.words = new long[leaf.keyCount() * stride];
        columns.read(source, leaf.words, leaf.keyCount(), stride);
        return leaf;
    }

    /** Writes the number of entries, then the entries. */
    void write(ByteWriter target, ValueColumns columns) {
        writeKeys(target);
        target.putVarint(wordsPerValue);
        columns.write(target, words, keyCount(), wordsPerValue);
    }

    <V> V value(int index, ValueLayout<V> layout) {
        return layout.read(words, index * wordsPerValue, wordsPerValue);
    }

    /**
     * Copies {@code entries} keys and values, from {@code index} upwards or downwards, to {@code at} and the following
     * positions.
     *
     * @param stride words of each value, the last of which need not be stored here
     */
    void copyEntries(int index, int step, int entries, int stride, byte[][] keys, long[] values, int at) {
        for (int i = 0; i < entries; i++) {
            keys[at + i] = key(index + i * step);
        }
        long[] source = words;
        int kept = Math.min(wordsPerValue, stride);
        for (int i = 0; i < entries; i++) {
            int from = (index + i * step) * wordsPerValue;
            int to = (at + i) * stride;
            for (int number = 0; number < kept; number++) {
                values[to + number] = source[from + number];
            }
            for (int number = kept; number < stride; number++) {
                values[to + number] = 0;
            }
        }
    }

    @Nullable
    LeafAttachment attachment() {
        return attachment;
    }

    void attach(LeafAttachment attached) {
        attachment = attached;
    }

    boolean sameWords(int index, Leaf other, int otherIndex) {
        int stride = Math.max(wordsPerValue, other.wordsPerValue);
        for (int i = 0; i < stride; i++) {
            if (word(index, i) != other.word(otherIndex, i)) {
                return false;
            }
        }
        return true;
    }

    private long word(int index, int number) {
        return number < wordsPerValue ? words[index * wordsPerValue + number] : 0;
    }

    /** Reads the memory that a change needs; the return value means nothing. */
    long touch() {
        return touchKeys() + (words.length == 0 ? 0 : words[0] + words[words.length - 1]);
    }

    /** Returns the position of the first key that is not below {@code key}. */
    int firstNotBelow(byte[] key) {
        int found = find(key);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public int height() {
        return 0;
    }

    @Override
    public long size() {
        return keyCount();
    }

    /**
     * Returns this leaf or a copy, which shares keys and values until they are changed: an overwrite copies only the
     * values.
     */
    @Override
    Node editable(Object session) {
        if (session == this.session) {
            return this;
        }
        LeafAttachment attached = attachment;
        if (attached != null) {
            attached.superseded();
        }
        Leaf copy = new Leaf(session);
        copy.shareKeysOf(this);
        copy.wordsPerValue = wordsPerValue;
        copy.words = words;
        copy.wordsShared = true;
        return copy;
    }

    @Override
    boolean put(byte[] key, long[] value) {
        makeWordsWide(usedWords(value, 0, value.length));
        int found = find(key);
        if (found >= 0) {
            ownWords();
            swap(found * wordsPerValue, value);
            return false;
        }
        insert(-found - 1, key, value);
        return true;
    }

    @Override
    void putAll(PutRun<?> run, byte @Nullable [] end) {
        do {
            run.putInto(this);
        } while (!isOverfull() && run.hasNextBelow(end));
    }

    private void makeWordsWide(int needed) {
        if (needed > wordsPerValue) {
            words = restrided(words, 0, keyCount(), wordsPerValue, needed, keyCount() * needed);
            wordsPerValue = needed;
            wordsShared = false;
        }
    }

    private void ownWords() {
        if (wordsShared) {
            words = words.clone();
            wordsShared = false;
        }
    }

    private void swap(int at, long[] value) {
        for (int i = 0; i < wordsPerValue; i++) {
            long previous = words[at + i];
            words[at + i] = value[i];
            value[i] = previous;
        }
        Arrays.fill(value, wordsPerValue, value.length, 0);
    }

    private void insert(int index, byte[] key, long[] value) {
        int used = keyCount() * wordsPerValue;
        int at = index * wordsPerValue;
        long[] from = words;
        if (wordsShared || from.length < used + wordsPerValue) {
            words = new long[used + wordsPerValue * (wordsShared ? 1 : CAPACITY_STEP)];
            System.arraycopy(from, 0, words, 0, at);
            wordsShared = false;
        }
        System.arraycopy(from, at, words, at + wordsPerValue, used - at);
        System.arraycopy(value, 0, words, at, wordsPerValue);
        insertKey(index, key);
    }

    @Override
    void remove(byte[] key, long[] value) {
        int index = find(key);
        int at = index * wordsPerValue;
        ownWords();
        System.arraycopy(words, at, value, 0, wordsPerValue);
        Arrays.fill(value, wordsPerValue, value.length, 0);
        removeKey(index);
        System.arraycopy(words, at + wordsPerValue, words, at, keyCount() * wordsPerValue - at);
    }

    @Override
    boolean isOverfull() {
        return keyCount() > ENTRIES_MAX || hasTooLongKeys();
    }

    private boolean hasTooLongKeys() {
        return tailBytes() > KEY_BYTES_MAX && keyCount() > LONG_ENTRIES_MAX;
    }

    @Override
    boolean isUnderfull() {
        return keyCount() < ENTRIES_MIN && tailBytes() < KEY_BYTES_MIN;
    }

    @Override
    boolean isEmpty() {
        return keyCount() == 0;
    }

    @Override
    boolean endsWith(byte[] key) {
        return find(key) == keyCount() - 1;
    }

    @Override
    Split split(boolean appended) {
        int count = keyCount();
        byte[][] all = keys();
        int at = count / 2;
        if (hasTooLongKeys()) {
            at = SplitPoint.byBytes(all, 1, 0);
        } else if (appended) {
            at = count - count / 8;
        }
        return new Split(
                of(all, words, 0, at, wordsPerValue, session),
                SplitPoint.separator(all[at - 1], all[at]),
                of(all, words, at, count, wordsPerValue, session));
    }

    @Override
    boolean fitsWith(byte[] separator, Node right) {
        int all = keyCount() + right.keyCount();
        return all <= ENTRIES_MAX * 3 / 4 && SplitPoint.suffixBytes(keysAnd(right), 0, all) <= KEY_BYTES_MAX * 3 / 4;
    }

    @Override
    Node mergedWith(byte[] separator, Node right, Object session) {
        Leaf higher = (Leaf) right;
        int count = keyCount();
        int all = count + higher.keyCount();
        int stride = Math.max(wordsPerValue, higher.wordsPerValue);
        long[] merged = restrided(words, 0, count, wordsPerValue, stride, all * stride);
        for (int i = count; i < all; i++) {
            System.arraycopy(
                    higher.words, (i - count) * higher.wordsPerValue, merged, i * stride, higher.wordsPerValue);
        }
        return of(keysAnd(right), merged, 0, all, stride, session);
    }

    private byte[][] keysAnd(Node right) {
        byte[][] all = Arrays.copyOf(keys(), keyCount() + right.keyCount());
        System.arraycopy(right.keys(), 0, all, keyCount(), right.keyCount());
        return all;
    }
}
