package org.storedb.benchmark.engine;

import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with its default column family. */
final class RocksDbEngine implements Engine {

    private static final long BLOCK_CACHE_BYTES = 1L << 30;
    private static final long WRITE_BUFFER_BYTES = 64L << 20;

    private final LRUCache cache;
    private final BloomFilter filter;
    private final Options options;
    private final WriteOptions writeOptions;
    private final RocksDB database;

    RocksDbEngine(EngineSettings settings) {
        RocksDB.loadLibrary();
        this.cache = new LRUCache(BLOCK_CACHE_BYTES);
        this.filter = new BloomFilter(10, false);
        BlockBasedTableConfig table =
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter);
        this.options = new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(4)
                .setMaxBackgroundJobs(2);
        this.writeOptions = new WriteOptions().setSync(settings.durable());
        try {
            this.database = RocksDB.open(options, settings.directory().toString());
        } catch (RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        try {
            return database.get(key);
        } catch (RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        try {
            database.put(writeOptions, key, value);
        } catch (RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < keys.length; i++) {
                batch.put(keys[i], values[i]);
            }
            database.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        long count = 0;
        try (RocksIterator iterator = database.newIterator()) {
            for (iterator.seek(from); count < limit && iterator.isValid(); iterator.next()) {
                consumer.accept(iterator.key(), iterator.value());
                count++;
            }
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        long count = 0;
        try (Slice upperBound = new Slice(to);
                ReadOptions bounded = new ReadOptions().setIterateUpperBound(upperBound);
                RocksIterator iterator = database.newIterator(bounded)) {
            for (iterator.seek(from); iterator.isValid(); iterator.next()) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void compact() {
        try {
            database.compactRange();
        } catch (RocksDBException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        writeOptions.close();
        options.close();
        filter.close();
        cache.close();
    }
}
