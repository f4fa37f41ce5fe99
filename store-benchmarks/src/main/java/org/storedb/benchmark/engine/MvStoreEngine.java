package org.storedb.benchmark.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/** A map of H2's MVStore. */
final class MvStoreEngine implements Engine {

    private static final int CACHE_MIB = 1024;
    private static final int COMPACTION_MILLIS = 10_000;

    private final MVStore store;
    private final MVMap<byte[], byte[]> entries;
    private final boolean autoCommit;
    private final boolean durable;

    private MvStoreEngine(EngineSettings settings, boolean autoCommit) {
        MVStore.Builder builder = new MVStore.Builder()
                .fileName(settings.directory().resolve("store.mv").toString())
                .cacheSize(CACHE_MIB);
        this.store = (autoCommit ? builder : builder.autoCommitDisabled()).open();
        this.autoCommit = autoCommit;
        this.durable = settings.durable();
        this.entries = store.openMap(
                "entries",
                new MVMap.Builder<byte[], byte[]>().keyType(new Bytes()).valueType(new Bytes()));
    }

    static MvStoreEngine committing(EngineSettings settings) {
        return new MvStoreEngine(settings, false);
    }

    static MvStoreEngine autoCommitting(EngineSettings settings) {
        return new MvStoreEngine(settings, true);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[] value = entries.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
        commit();
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            entries.put(keys[i], values[i]);
        }
        commit();
    }

    private void commit() {
        if (!autoCommit) {
            store.commit();
            if (durable) {
                store.sync();
            }
        }
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        Cursor<byte[], byte[]> cursor = entries.cursor(from);
        long count = 0;
        while (count < limit && cursor.hasNext()) {
            byte[] key = cursor.next();
            consumer.accept(key.clone(), cursor.getValue().clone());
            count++;
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        return rank(to) - rank(from);
    }

    /** Returns the number of entries before a key, which MVStore derives from the counts in its pages. */
    private long rank(byte[] key) {
        long index = entries.getKeyIndex(key);
        return index >= 0 ? index : -index - 1;
    }

    @Override
    public void flush() {
        store.commit();
    }

    @Override
    public void compact() {
        store.compactFile(COMPACTION_MILLIS);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Byte strings in unsigned order, without the conversions of the generic type. */
    private static final class Bytes extends BasicDataType<byte[]> {

        @Override
        public int getMemory(byte[] bytes) {
            return 24 + bytes.length;
        }

        @Override
        public int compare(byte[] one, byte[] other) {
            return Arrays.compareUnsigned(one, other);
        }

        @Override
        public void write(WriteBuffer buffer, byte[] bytes) {
            buffer.putVarInt(bytes.length).put(bytes);
        }

        @Override
        public byte[] read(ByteBuffer buffer) {
            byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
            buffer.get(bytes);
            return bytes;
        }

        @Override
        public byte[][] createStorage(int size) {
            return new byte[size][];
        }
    }
}
