package org.storedb.benchmark.engine;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A map on the heap, unordered and without files, as an upper bound. */
final class HashMapEngine implements Engine {

    private final ConcurrentMap<Key, byte[]> entries = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[] value = entries.get(new Key(key));
        return value == null ? null : value.clone();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(new Key(key), value);
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            put(keys[i], values[i]);
        }
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        throw new UnsupportedOperationException("A hash map is not ordered");
    }

    @Override
    public long count(byte[] from, byte[] to) {
        throw new UnsupportedOperationException("A hash map is not ordered");
    }

    @Override
    public void close() {}

    private static final class Key {

        private final byte[] bytes;
        private final int hash;

        Key(byte[] bytes) {
            this.bytes = bytes;
            this.hash = Arrays.hashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
