package org.storedb.spring.cache;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ObjectUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Codec for the keys and entries of a cache. A key is stored as its text, which two different keys may share; so the
 * entry also contains the key itself, and belongs to no other one.
 */
final class CacheEntryCodec {

    /** Keys with longer texts are stored as a digest, so that stores with a small limit on keys accept them. */
    private static final int TEXT_BYTES_MAX = 128;

    /** The parameters in a key, which Spring does not expose; {@code null} if they cannot be read. */
    private static final @Nullable Field PARAMETERS = parametersOfSimpleKey();

    private static final ClassValue<Boolean> HAS_TEXT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            Method toString = ReflectionUtils.findMethod(type, "toString");
            return toString != null && toString.getDeclaringClass() != Object.class;
        }
    };

    private static final byte NULL = 0;
    private static final byte VALUE = 1;

    private final CacheSerializer serializer;

    CacheEntryCodec(CacheSerializer serializer) {
        this.serializer = serializer;
    }

    private static @Nullable Field parametersOfSimpleKey() {
        Field parameters = ReflectionUtils.findField(SimpleKey.class, "params");
        return parameters != null && parameters.trySetAccessible() ? parameters : null;
    }

    /**
     * Returns the bytes that identify a key, which are the same for equal keys.
     *
     * @throws IllegalArgumentException if the text of the key, or of a part, does not identify it
     */
    static byte[] keyBytes(Object key) {
        if (key.getClass().isArray()) {
            throw withoutText(key); // Equal arrays are no equal keys, except as parameters.
        }
        byte[] text = (typeName(key) + ':' + text(key)).getBytes(StandardCharsets.UTF_8);
        return text.length <= TEXT_BYTES_MAX ? text : digest(text);
    }

    private static IllegalArgumentException withoutText(Object part) {
        return new IllegalArgumentException(
                "A %s cannot be the key of a cache in the store, or part of it: it needs a toString() that is the same for equal keys"
                        .formatted(part.getClass().getName()));
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
        if (key == null) {
            return "null";
        }
        if (key instanceof SimpleKey parameters) {
            return PARAMETERS == null
                    ? key.toString()
                    : "SimpleKey " + text(ReflectionUtils.getField(PARAMETERS, parameters));
        }
        if (key.getClass().isArray()) {
            return text(Arrays.asList(ObjectUtils.toObjectArray(key)));
        }
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
        if (!HAS_TEXT.get(key.getClass())) {
            throw withoutText(key);
        }
        return key.toString();
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
