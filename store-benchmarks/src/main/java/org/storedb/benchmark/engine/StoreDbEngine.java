package org.storedb.benchmark.engine;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.KeyValue;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;

/** A keyspace of StoreDB. */
final class StoreDbEngine implements Engine {

    private final Store store;
    private final Keyspace entries;

    StoreDbEngine(EngineSettings settings) {
        Durability durability = settings.durable() ? Durability.ALWAYS : Durability.OS;
        this.store = Store.open(settings.directory(), StoreOptions.defaults().withDurability(durability));
        this.entries = store.keyspace("entries");
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
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < keys.length; i++) {
            batch.put(keys[i], values[i]);
        }
        entries.write(batch);
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        Iterator<KeyValue> found = entries.scan(KeyRange.from(from)).iterator();
        long count = 0;
        while (count < limit && found.hasNext()) {
            KeyValue entry = found.next();
            consumer.accept(entry.key(), entry.value());
            count++;
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        return entries.count(KeyRange.between(from, to));
    }

    @Override
    public void compact() {
        store.compact().join();
    }

    @Override
    public void close() {
        store.close();
    }
}
