package org.storedb.internal.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the store keeps its sequences: a keyspace has, under the name of each, the last number that may have been given out.
 */
public final class StoredSequences {

    /** Name of the keyspace. */
    public static final String KEYSPACE = "_sequences";

    private StoredSequences() {}

    public static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The name that a key stands for. */
    public static String name(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    public static byte[] value(long last) {
        return ByteBuffer.allocate(Long.BYTES).putLong(last).array();
    }

    /** The number that a value has. */
    public static long last(byte[] value) {
        if (value.length != Long.BYTES) {
            throw new IllegalStateException("A sequence is kept as " + Arrays.toString(value));
        }
        return ByteBuffer.wrap(value).getLong();
    }
}
