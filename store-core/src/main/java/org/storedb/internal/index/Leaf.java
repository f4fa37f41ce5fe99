package org.storedb.internal.index;

import java.util.Arrays;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * The entries: packed keys, and beside them the words of their values. Entries and the bytes of their keys are limited,
 * and so is what it costs to copy a leaf.
 */
final class Leaf extends Node {

    static final int ENTRIES_MAX = 64;
    static final int ENTRIES_MIN = ENTRIES_MAX / 4;

    /** The limit for the tails of keys; a leaf of up to {@link #LONG_ENTRIES_MAX} entries may have more. */
    static final int KEY_BYTES_MAX = 8 << 10;

    static final int KEY_BYTES_MIN = KEY_BYTES_MAX / 4;
    static final int LONG_ENTRIES_MAX = 3;

    private final int wordsPerValue;
    private PackedKeys keys;
    private long[] words;

    private Leaf(Object session, int wordsPerValue, PackedKeys keys, long[] words) {
        super(session);
        this.wordsPerValue = wordsPerValue;
        this.keys = keys;
        this.words = words;
    }

    static Leaf empty(int wordsPerValue) {
        Object session = new Object();
        return new Leaf(session, wordsPerValue, PackedKeys.empty(session), new long[0]);
    }

    /** A leaf with {@code keys[from] … keys[to - 1]}; the value of {@code keys[i]} starts at {@code i * wordsPerValue}. */
    static Leaf of(byte[][] keys, long[] words, int from, int to, int wordsPerValue, Object session) {
        return new Leaf(
                session,
                wordsPerValue,
                PackedKeys.pack(keys, from, to, session),
                Arrays.copyOfRange(words, from * wordsPerValue, to * wordsPerValue));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException unless it is what some leaf of a well-formed tree would have written
     */
    static Leaf read(ByteReader source, int wordsPerValue, Object session) {
        PackedKeys keys = PackedKeys.read(source, session);
        long[] words = new long[keys.count() * wordsPerValue];
        source.readNativeLongs(words, words.length);
        Leaf leaf = new Leaf(session, wordsPerValue, keys, words);
        if (leaf.isEmpty() || leaf.isOverfull()) {
            throw new MalformedBytesException("A leaf of " + leaf.count() + " keys");
        }
        return leaf;
    }

    /** Writes the entries nearly as they are in memory, for this machine or one of the same byte order. */
    void write(ByteWriter target) {
        keys.write(target);
        target.putNativeLongs(words, keys.count() * wordsPerValue);
    }

    PackedKeys keys() {
        return keys;
    }

    int count() {
        return keys.count();
    }

    <V> V value(int index, ValueLayout<V> layout) {
        return layout.read(words, index * wordsPerValue);
    }

    boolean sameWords(int index, Leaf other, int otherIndex) {
        int from = index * wordsPerValue;
        int otherFrom = otherIndex * wordsPerValue;
        return Arrays.equals(words, from, from + wordsPerValue, other.words, otherFrom, otherFrom + wordsPerValue);
    }

    /** The position of the first key that is not below {@code key}. */
    int firstNotBelow(byte[] key) {
        int found = keys.find(key);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    int height() {
        return 0;
    }

    @Override
    long size() {
        return keys.count();
    }

    /** The copy shares the keys until one is added or removed: an overwrite copies only the values. */
    @Override
    Node editable(Object session) {
        return session == this.session ? this : new Leaf(session, wordsPerValue, keys, words.clone());
    }

    @Override
    boolean put(byte[] key, long[] words) {
        int found = keys.find(key);
        if (found >= 0) {
            swap(found * wordsPerValue, words);
            return false;
        }
        insert(-found - 1, key, words);
        return true;
    }

    private void swap(int at, long[] words) {
        for (int i = 0; i < wordsPerValue; i++) {
            long previous = this.words[at + i];
            this.words[at + i] = words[i];
            words[i] = previous;
        }
    }

    private void insert(int index, byte[] key, long[] words) {
        int count = keys.count();
        keys = keys.insert(index, key, session);
        if ((count + 1) * wordsPerValue > this.words.length) {
            this.words = Arrays.copyOf(this.words, PackedKeys.capacityFor(count + 1) * wordsPerValue);
        }
        int at = index * wordsPerValue;
        System.arraycopy(this.words, at, this.words, at + wordsPerValue, (count - index) * wordsPerValue);
        System.arraycopy(words, 0, this.words, at, wordsPerValue);
    }

    @Override
    void remove(byte[] key, long[] words) {
        int index = keys.find(key);
        keys = keys.remove(index, session);
        int at = index * wordsPerValue;
        System.arraycopy(this.words, at, words, 0, wordsPerValue);
        System.arraycopy(this.words, at + wordsPerValue, this.words, at, (keys.count() - index) * wordsPerValue);
    }

    @Override
    boolean isOverfull() {
        return keys.count() > ENTRIES_MAX || hasTooLongKeys();
    }

    private boolean hasTooLongKeys() {
        return keys.tailBytes() > KEY_BYTES_MAX && keys.count() > LONG_ENTRIES_MAX;
    }

    @Override
    boolean isUnderfull() {
        return keys.count() < ENTRIES_MIN && keys.tailBytes() < KEY_BYTES_MIN;
    }

    @Override
    boolean isEmpty() {
        return keys.count() == 0;
    }

    @Override
    boolean endsWith(byte[] key) {
        return keys.find(key) == keys.count() - 1;
    }

    @Override
    Split split(boolean appended) {
        int count = keys.count();
        byte[][] all = keys.keys();
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
        PackedKeys higher = ((Leaf) right).keys;
        return keys.count() + higher.count() <= ENTRIES_MAX * 3 / 4
                && keys.concatBytes(higher) <= KEY_BYTES_MAX * 3 / 4;
    }

    @Override
    Node mergedWith(byte[] separator, Node right, Object session) {
        Leaf higher = (Leaf) right;
        int ownWords = keys.count() * wordsPerValue;
        int higherWords = higher.keys.count() * wordsPerValue;
        long[] merged = Arrays.copyOf(words, ownWords + higherWords);
        System.arraycopy(higher.words, 0, merged, ownWords, higherWords);
        return new Leaf(session, wordsPerValue, keys.concat(higher.keys, session), merged);
    }
}
