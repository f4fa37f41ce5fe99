package org.storedb.spring.cache;

/** Turns keys and values of caches into bytes and back. Safe for use by many threads. */
public interface CacheSerializer {

    /**
     * The bytes of an object, which is not {@code null}.
     *
     * @throws org.springframework.core.serializer.support.SerializationFailedException if it has none
     */
    byte[] toBytes(Object object);

    /**
     * The object of these bytes. What this throws counts as if nothing were cached: the entry was written by another version
     * of the application.
     */
    Object fromBytes(byte[] bytes);
}
