package org.storedb.spring.cache;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Codec for the keys and entries of a cache. A key is stored as its text, which two different keys may share; so the
 * entry also contains the key itself, and belongs to no other one.
 */
final class CacheEntryCodec {

    /** Keys with longer texts are stored as a digest, so that stores with a small limit on keys accept them. */
    private static final int TEXT_BYTES_MAX = 128;

    private static final byte NULL = 0;
    private static final byte VALUE = 1;

    private final CacheSerializer serializer;

    CacheEntryCodec(CacheSerializer serializer) {
        this.serializer = serializer;
    }

    /**
     * Returns the bytes that identify a key, which are the same for equal keys.
     *
     * @throws IllegalArgumentException if the key's text does not identify it
     */
    static byte[] keyBytes(Object key) {
        Class<?> type = key.getClass();
        Method toString = ReflectionUtils.findMethod(type, "toString");
        if (type.isArray() || toString == null || toString.getDeclaringClass() == Object.class) {
            throw new IllegalArgumentException(
                    "A %s cannot be the key of a cache in the store: it needs a toString() that is the same for equal keys"
                            .formatted(type.getName()));
        }
        byte[] text = (typeName(key) + ':' + text(key)).getBytes(StandardCharsets.UTF_8);
        return text.length <= TEXT_BYTES_MAX ? text : digest(text);
    }

    /** Returns the class of a key, or the interface of one that may equal keys of other classes. */
    private static String typeName(Object key) {
        for (Class<?> type : List.of(List.class, Set.class, Map.class)) {
            if (type.isInstance(key)) {
                return type.getName();
            }
        }
        return key.getClass().getName();
    }

    /** Returns the text of a key; that of equal sets and maps is the same whatever the order of their elements. */
    private static String text(@Nullable Object key) {
        if (key instanceof List<?> list) {
            return joined(list.stream().map(CacheEntryCodec::text));
        }
        if (key instanceof Set<?> set) {
            return joined(set.stream().map(CacheEntryCodec::text).sorted());
        }
        if (key instanceof Map<?, ?> map) {
            return joined(map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + '=' + text(entry.getValue()))
                    .sorted());
        }
        return String.valueOf(key);
    }

    private static String joined(Stream<String> texts) {
        return texts.collect(Collectors.joining(", ", "[", "]"));
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

    /** Returns whether an entry belongs to {@code key}. */
    boolean isOf(Object key, byte[] entry) {
        ByteBuffer buffer = ByteBuffer.wrap(entry, 1, entry.length - 1);
        byte[] keyBytes = new byte[buffer.getInt()];
        buffer.get(keyBytes);
        return serializer.fromBytes(keyBytes).equals(key);
    }

    /** Returns the value of an entry. */
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
