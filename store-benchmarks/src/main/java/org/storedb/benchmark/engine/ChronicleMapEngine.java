package org.storedb.benchmark.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.openhft.chronicle.map.ChronicleMap;
import org.jspecify.annotations.Nullable;

/** Chronicle Map: a hash table in a mapped file, unordered and without transactions. */
final class ChronicleMapEngine implements Engine {

    private final ChronicleMap<byte[], byte[]> entries;

    ChronicleMapEngine(EngineSettings settings) {
        File file = settings.directory().resolve("store.map").toFile();
        try {
            this.entries = ChronicleMap.of(byte[].class, byte[].class)
                    .name("entries")
                    .constantKeySizeBySample(new byte[16])
                    .constantValueSizeBySample(new byte[100])
                    .entries(settings.entriesMax())
                    .createPersistedTo(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            entries.put(keys[i], values[i]);
        }
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        throw new UnsupportedOperationException("Chronicle Map is not ordered");
    }

    @Override
    public long count(byte[] from, byte[] to) {
        throw new UnsupportedOperationException("Chronicle Map is not ordered");
    }

    @Override
    public void close() {
        entries.close();
    }
}
