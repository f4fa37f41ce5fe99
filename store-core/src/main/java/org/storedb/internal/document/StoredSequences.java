package org.storedb.internal.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The stored form of sequences: a keyspace that contains, under the name of each, the last number that may have been
 * handed out.
 */
public final class StoredSequences {

    /** Name of the keyspace. */
    public static final String KEYSPACE = "_sequences";

    private StoredSequences() {}

    public static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the name of a sequence from its key. */
    public static String name(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    public static byte[] value(long last) {
        return ByteBuffer.allocate(Long.BYTES).putLong(last).array();
    }

    /** Returns the number in a value. */
    public static long last(byte[] value) {
        if (value.length != Long.BYTES) {
            throw new IllegalStateException("A sequence is kept as " + Arrays.toString(value));
        }
        return ByteBuffer.wrap(value).getLong();
    }
}
