package org.storedb.spring.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ConfigurableObjectInputStream;
import org.springframework.core.serializer.support.SerializationFailedException;

/** Serializer that uses Java serialization: keys and values have to be {@link java.io.Serializable}. */
public class JavaCacheSerializer implements CacheSerializer {

    private final @Nullable ClassLoader classLoader;

    /** Creates a serializer that looks up classes in {@code classLoader}, or in that of the thread if it is null. */
    public JavaCacheSerializer(@Nullable ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public byte[] toBytes(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(object);
        } catch (IOException e) {
            throw new SerializationFailedException(
                    "A %s cannot be cached in the store: it and all objects that it contains must be Serializable, or the StoreCacheManager needs another CacheSerializer"
                            .formatted(object.getClass().getName()),
                    e);
        }
        return bytes.toByteArray();
    }

    @Override
    @SuppressWarnings("BanSerializableRead") // The bytes were written by this application to its own store.
    public Object fromBytes(byte[] bytes) {
        try (ConfigurableObjectInputStream objects =
                new ConfigurableObjectInputStream(new ByteArrayInputStream(bytes), classLoader)) {
            return objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new SerializationFailedException("No longer readable: " + e.getMessage(), e);
        }
    }
}
