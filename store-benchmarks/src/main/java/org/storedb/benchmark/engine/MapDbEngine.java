package org.storedb.benchmark.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** A tree of MapDB. */
final class MapDbEngine implements Engine {

    private final DB database;
    private final BTreeMap<byte[], byte[]> entries;
    private final boolean durable;

    MapDbEngine(EngineSettings settings) {
        DBMaker.Maker maker = DBMaker.fileDB(
                        settings.directory().resolve("store.mapdb").toFile())
                .fileMmapEnableIfSupported()
                .fileMmapPreclearDisable()
                .allocateIncrement(16 << 20)
                .checksumHeaderBypass();
        this.durable = settings.durable();
        this.database = (durable ? maker.transactionEnable() : maker).make();
        this.entries = database.treeMap("entries", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY)
                .createOrOpen();
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
        if (durable) {
            database.commit();
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
    public void compact() {
        database.getStore().compact();
    }

    @Override
    public void close() {
        database.close();
    }
}
