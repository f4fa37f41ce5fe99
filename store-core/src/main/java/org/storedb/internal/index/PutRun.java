package org.storedb.internal.index;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The progress of {@link AscendingPuts} on their way into a tree. Each node puts those that belong below it and leaves
 * the others to the node above, so that all puts into the same leaf share one descent from the root. For one thread.
 */
final class PutRun<V> {

    private final AscendingPuts<V> puts;
    private final ValueLayout<V> layout;
    private final long[] words;
    private byte @Nullable [] key;
    private byte[] lastKey = {};

    /** Creates a run positioned before the first put. */
    PutRun(AscendingPuts<V> puts, ValueLayout<V> layout) {
        this.puts = puts;
        this.layout = layout;
        this.words = new long[layout.words()];
        goOn();
    }

    private void goOn() {
        key = puts.next() ? puts.key() : null;
        if (key != null) {
            KeyLength.check(key);
        }
    }

    boolean hasNext() {
        return key != null;
    }

    /** Returns the key of the next put. */
    byte[] nextKey() {
        return Objects.requireNonNull(key, "Nothing is left to be put");
    }

    /** Returns the key of the previous put. */
    byte[] lastKey() {
        return lastKey;
    }

    /** Returns whether there is another put with a key below {@code end}; {@code null} is above all keys. */
    boolean hasNextBelow(byte @Nullable [] end) {
        return key != null && (end == null || Arrays.compareUnsigned(key, end) < 0);
    }

    /** Puts the next value into the leaf that its key belongs to. */
    void putInto(Leaf leaf) {
        byte[] put = nextKey();
        layout.write(puts.value(), words, 0);
        boolean isNew = leaf.put(put, words);
        lastKey = put;
        puts.done(isNew ? null : layout.read(words, 0, words.length));
        goOn();
    }
}
