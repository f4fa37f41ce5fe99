package org.storedb.linearizability;

import org.jspecify.annotations.Nullable;

/** Small numbers as keys and values. */
final class Bytes {

    private Bytes() {}

    static byte[] of(int number) {
        return new byte[] {(byte) number};
    }

    static @Nullable Integer toNumber(byte @Nullable [] bytes) {
        return bytes == null ? null : (int) bytes[0];
    }
}
