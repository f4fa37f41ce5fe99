package org.storedb.internal.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys in unsigned byte order. The arrays are not copied and must not be changed.
 *
 * @param from the first key, inclusive; {@code null} begins at the smallest
 * @param to the end, exclusive; {@code null} ends after the largest
 */
@SuppressWarnings("ArrayRecordComponent") // A parameter object for the innermost loops; never compared.
public record TreeRange(byte @Nullable [] from, byte @Nullable [] to) {

    private static final TreeRange ALL = new TreeRange(null, null);

    public static TreeRange all() {
        return ALL;
    }

    /** Returns the range of all keys that begin with {@code prefix}. */
    public static TreeRange prefix(byte[] prefix) {
        return new TreeRange(prefix, afterPrefix(prefix));
    }

    /** Returns the range of exactly one key. */
    public static TreeRange key(byte[] key) {
        return new TreeRange(key, Arrays.copyOf(key, key.length + 1));
    }

    public boolean contains(byte[] key) {
        return (from == null || Arrays.compareUnsigned(key, from) >= 0)
                && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    /** Returns the smallest key above all keys with this prefix, or {@code null} if there is none. */
    public static byte @Nullable [] afterPrefix(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xFF) {
                byte[] after = Arrays.copyOf(prefix, last + 1);
                after[last]++;
                return after;
            }
        }
        return null;
    }
}
