package org.storedb;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.TreeRange;

/** A range of keys in unsigned byte order: from a key (included) to a key (excluded), either end open. Immutable. */
public final class KeyRange {

    private static final KeyRange ALL = new KeyRange(TreeRange.all());

    private final TreeRange range;

    private KeyRange(TreeRange range) {
        this.range = range;
    }

    public static KeyRange all() {
        return ALL;
    }

    /** Returns the keys from {@code from} (included) to {@code to} (excluded). */
    public static KeyRange between(byte[] from, byte[] to) {
        return new KeyRange(new TreeRange(from.clone(), to.clone()));
    }

    /** Returns the keys from {@code from} (included) on. */
    public static KeyRange from(byte[] from) {
        return new KeyRange(new TreeRange(from.clone(), null));
    }

    /** Returns the keys before {@code to}. */
    public static KeyRange before(byte[] to) {
        return new KeyRange(new TreeRange(null, to.clone()));
    }

    /** Returns the keys that begin with {@code prefix}. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(TreeRange.prefix(prefix.clone()));
    }

    /** Returns the first key of the range, or {@code null} if it is open. */
    public byte @Nullable [] from() {
        byte[] from = range.from();
        return from == null ? null : from.clone();
    }

    /** Returns the first key after the range, or {@code null} if it is open. */
    public byte @Nullable [] to() {
        byte[] to = range.to();
        return to == null ? null : to.clone();
    }

    TreeRange toTreeRange() {
        return range;
    }
}
