package org.storedb.internal.bytes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A byte string as a key of a hash map. The array is not copied and must not be changed. */
public final class ByteKey {

    private final byte[] bytes;
    private final int hash;

    public ByteKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
