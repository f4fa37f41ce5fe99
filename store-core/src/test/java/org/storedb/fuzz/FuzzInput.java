package org.storedb.fuzz;

import java.util.Arrays;

/** Takes decisions from the bytes of the fuzzer, one after the other; once they are used up, all are zero. */
final class FuzzInput {

    private final byte[] bytes;
    private int position;

    FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    /** 0 to 255. */
    int nextByte() {
        return hasMore() ? bytes[position++] & 0xFF : 0;
    }

    /** From 0 to below {@code bound}, of two bytes. */
    int nextIndex(int bound) {
        int value = nextByte() << 8 | nextByte();
        return bound == 0 ? 0 : value % bound;
    }

    /** As many of the next bytes as there are. */
    byte[] nextBytes(int lengthMax) {
        int end = Math.min(bytes.length, position + lengthMax);
        byte[] taken = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return taken;
    }
}
