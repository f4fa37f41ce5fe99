package org.storedb.benchmark.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The JDK's ordered map on the heap, without files, as an upper bound. */
final class SkipListEngine implements Engine {

    private final ConcurrentNavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[] value = entries.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            put(keys[i], values[i]);
        }
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        long count = 0;
        for (Map.Entry<byte[], byte[]> entry : entries.tailMap(from).entrySet()) {
            if (count == limit) {
                break;
            }
            consumer.accept(entry.getKey().clone(), entry.getValue().clone());
            count++;
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        return entries.subMap(from, to).size();
    }

    @Override
    public void close() {}
}
