package org.storedb.spring.cache;

/** Serializer of the keys and values of caches. Safe for use by multiple threads. */
public interface CacheSerializer {

    /**
     * Converts an object, which is not {@code null}, to bytes.
     *
     * @throws org.springframework.core.serializer.support.SerializationFailedException if it cannot be converted
     */
    byte[] toBytes(Object object);

    /**
     * Converts bytes to an object. If this throws an exception, the entry counts as absent: it was written by another
     * version of the application.
     */
    Object fromBytes(byte[] bytes);
}
