package org.storedb.benchmark.engine;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Environment;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.Get;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationResult;
import com.sleepycat.je.Put;
import com.sleepycat.je.ReadOptions;
import com.sleepycat.je.Transaction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A database of Berkeley DB Java Edition. */
final class BerkeleyDbEngine implements Engine {

    private static final int CACHE_PERCENT_OF_HEAP = 60;
    private static final ReadOptions READ_OPTIONS = LockMode.READ_UNCOMMITTED.toReadOptions();

    private final Environment environment;
    private final Database entries;

    BerkeleyDbEngine(EngineSettings settings) {
        Durability durability = settings.durable() ? Durability.COMMIT_SYNC : Durability.COMMIT_WRITE_NO_SYNC;
        EnvironmentConfig config = new EnvironmentConfig().setAllowCreate(true).setTransactional(true);
        config.setCachePercent(CACHE_PERCENT_OF_HEAP);
        config.setDurability(durability);
        this.environment = new Environment(settings.directory().toFile(), config);
        this.entries = environment.openDatabase(
                null,
                "entries",
                new DatabaseConfig().setAllowCreate(true).setTransactional(true).setKeyPrefixing(true));
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        DatabaseEntry value = new DatabaseEntry();
        OperationResult found = entries.get(null, new DatabaseEntry(key), value, Get.SEARCH, null);
        return found == null ? null : value.getData();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        put(null, key, value);
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        Transaction transaction = environment.beginTransaction(null, null);
        for (int i = 0; i < keys.length; i++) {
            put(transaction, keys[i], values[i]);
        }
        transaction.commit();
    }

    private void put(@Nullable Transaction transaction, byte[] key, byte[] value) {
        entries.put(transaction, new DatabaseEntry(key), new DatabaseEntry(value), Put.OVERWRITE, null);
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        DatabaseEntry key = new DatabaseEntry(from);
        DatabaseEntry value = new DatabaseEntry();
        long count = 0;
        try (Cursor cursor = entries.openCursor(null, null)) {
            OperationResult found = cursor.get(key, value, Get.SEARCH_GTE, READ_OPTIONS);
            while (found != null && count < limit) {
                consumer.accept(key.getData(), value.getData());
                count++;
                found = cursor.get(key, value, Get.NEXT, READ_OPTIONS);
            }
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        DatabaseEntry key = new DatabaseEntry(from);
        DatabaseEntry noValue = new DatabaseEntry();
        noValue.setPartial(0, 0, true);
        long count = 0;
        try (Cursor cursor = entries.openCursor(null, null)) {
            OperationResult found = cursor.get(key, noValue, Get.SEARCH_GTE, READ_OPTIONS);
            while (found != null && Arrays.compareUnsigned(key.getData(), to) < 0) {
                count++;
                found = cursor.get(key, noValue, Get.NEXT, READ_OPTIONS);
            }
        }
        return count;
    }

    @Override
    public void compact() {
        environment.cleanLog();
    }

    @Override
    public void close() {
        entries.close();
        environment.close();
    }
}
