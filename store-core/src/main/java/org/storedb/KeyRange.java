package org.storedb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of keys in unsigned byte order: from a key (included) to a key (excluded), either end open. Immutable. */
public final class KeyRange {

    private static final KeyRange ALL = new KeyRange(null, null);

    private final byte @Nullable [] from;
    private final byte @Nullable [] to;

    private KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
        this.from = from;
        this.to = to;
    }

    public static KeyRange all() {
        return ALL;
    }

    /** Keys from {@code from} (included) to {@code to} (excluded). */
    public static KeyRange between(byte[] from, byte[] to) {
        return new KeyRange(from.clone(), to.clone());
    }

    /** Keys from {@code from} (included) on. */
    public static KeyRange from(byte[] from) {
        return new KeyRange(from.clone(), null);
    }

    /** Keys before {@code to}. */
    public static KeyRange before(byte[] to) {
        return new KeyRange(null, to.clone());
    }

    /** Keys that begin with {@code prefix}. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix.clone(), afterPrefix(prefix));
    }

    /** The first key of the range, or {@code null} if it is open. */
    public byte @Nullable [] from() {
        return from == null ? null : from.clone();
    }

    /** The first key after the range, or {@code null} if it is open. */
    public byte @Nullable [] to() {
        return to == null ? null : to.clone();
    }

    /** The smallest key above all keys with this prefix; null if there is none because the prefix is all 0xFF. */
    private static byte @Nullable [] afterPrefix(byte[] prefix) {
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
