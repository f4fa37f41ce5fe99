package org.storedb.spring.cache;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Keys and entries of a cache as bytes. A key is stored as the text that it gives itself, which two different keys may
 * share; so the entry has the key itself, too, and is that of no other one.
 */
final class CacheEntryCodec {

    private static final int TEXT_BYTES_MAX = 512;
    private static final byte NULL = 0;
    private static final byte VALUE = 1;

    private final CacheSerializer serializer;

    CacheEntryCodec(CacheSerializer serializer) {
        this.serializer = serializer;
    }

    /**
     * What a key is found by: the same for equal keys.
     *
     * @throws IllegalArgumentException if its text does not say what it is
     */
    static byte[] keyBytes(Object key) {
        Class<?> type = key.getClass();
        Method toString = ReflectionUtils.findMethod(type, "toString");
        if (type.isArray() || toString == null || toString.getDeclaringClass() == Object.class) {
            throw new IllegalArgumentException(
                    "A %s cannot be the key of a cache in the store: it needs a toString() that is the same for equal keys"
                            .formatted(type.getName()));
        }
        byte[] text = (type.getName() + ':' + key).getBytes(StandardCharsets.UTF_8);
        return text.length <= TEXT_BYTES_MAX ? text : digest(text);
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    byte[] entryBytes(Object key, @Nullable Object value) {
        byte[] keyBytes = serializer.toBytes(key);
        byte[] valueBytes = value == null ? new byte[0] : serializer.toBytes(value);
        return ByteBuffer.allocate(1 + Integer.BYTES + keyBytes.length + valueBytes.length)
                .put(value == null ? NULL : VALUE)
                .putInt(keyBytes.length)
                .put(keyBytes)
                .put(valueBytes)
                .array();
    }

    /** Whether an entry is that of {@code key}. */
    boolean isOf(Object key, byte[] entry) {
        ByteBuffer buffer = ByteBuffer.wrap(entry, 1, entry.length - 1);
        byte[] keyBytes = new byte[buffer.getInt()];
        buffer.get(keyBytes);
        return serializer.fromBytes(keyBytes).equals(key);
    }

    /** The value of an entry. */
    @Nullable
    Object value(byte[] entry) {
        if (entry[0] == NULL) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry, 1, entry.length - 1);
        buffer.position(buffer.getInt() + 1 + Integer.BYTES);
        byte[] valueBytes = new byte[buffer.remaining()];
        buffer.get(valueBytes);
        return serializer.fromBytes(valueBytes);
    }
}
