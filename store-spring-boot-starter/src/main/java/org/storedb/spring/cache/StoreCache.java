package org.storedb.spring.cache;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.TransactionOptions;
import org.storedb.WriteBatch;
import org.storedb.spring.data.core.StoreExceptionTranslator;

/**
 * One cache in a keyspace of the store. What is put, evicted or cleared while a transaction is running is so when that
 * is committed, and else not at all; {@link #putIfAbsent}, {@link #evictIfPresent} and {@link #invalidate} do it at once.
 */
final class StoreCache extends AbstractValueAdaptingCache {

    private static final Log LOGGER = LogFactory.getLog(StoreCache.class);
    private static final StoreExceptionTranslator TRANSLATOR = new StoreExceptionTranslator();
    private static final int CLEARED_AT_ONCE = 1_000;
    private static final TransactionOptions LOSSY =
            TransactionOptions.defaults().withDurability(Durability.OS);

    private final String name;
    private final Store store;
    private final Keyspace entries;
    private final StoreCacheSettings settings;
    private final CacheEntryCodec codec;
    private final ConcurrentHashMap<Object, FutureTask<@Nullable Object>> loading = new ConcurrentHashMap<>();

    StoreCache(String name, Store store, String keyspace, StoreCacheSettings settings, CacheEntryCodec codec) {
        super(settings.nullValues());
        this.name = name;
        this.store = store;
        this.entries = store.keyspace(keyspace);
        this.settings = settings;
        this.codec = codec;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Keyspace getNativeCache() {
        return entries;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        byte[] entry = TRANSLATOR.translated(() -> entries.get(keyBytes));
        return entry == null ? null : storeValue(key, entry);
    }

    /** What an entry holds; {@code null} if that is null and no value, it is that of another key, or cannot be read any more. */
    private @Nullable Object storeValue(Object key, byte[] entry) {
        try {
            if (!codec.isOf(key, entry)) {
                return null;
            }
            Object value = codec.value(entry);
            return value == null && isAllowNullValues() ? NullValue.INSTANCE : value;
        } catch (RuntimeException e) {
            LOGGER.debug("An entry of the cache '" + name + "' counts as not there", e);
            return null;
        }
    }

    /** Has one thread load a value that is not there, while others that want the same one wait for it. */
    @Override
    @SuppressWarnings("unchecked") // The caller says what it has put.
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        ValueWrapper cached = get(key);
        if (cached != null) {
            return (T) cached.get();
        }
        FutureTask<@Nullable Object> own = new FutureTask<>(() -> load(key, valueLoader));
        FutureTask<@Nullable Object> running = loading.putIfAbsent(key, own);
        if (running == null) {
            try {
                own.run();
            } finally {
                loading.remove(key, own);
            }
            running = own;
        }
        try {
            return (T) running.get();
        } catch (ExecutionException e) {
            throw new ValueRetrievalException(key, valueLoader, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ValueRetrievalException(key, valueLoader, e);
        }
    }

    private @Nullable Object load(Object key, Callable<?> valueLoader) throws Exception {
        ValueWrapper cached = get(key);
        if (cached != null) {
            return cached.get();
        }
        Object value = valueLoader.call();
        put(key, value);
        return value;
    }

    /** Where null is a value, the future has a {@link ValueWrapper}: one of null alone is what is not there. */
    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        ValueWrapper cached = get(key);
        if (cached == null) {
            return null;
        }
        return CompletableFuture.completedFuture(isAllowNullValues() ? cached : cached.get());
    }

    @Override
    @SuppressWarnings("unchecked") // The caller says what it has put.
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        ValueWrapper cached = get(key);
        return cached == null
                ? valueLoader.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        put(key, value);
                    }
                })
                : CompletableFuture.completedFuture((T) cached.get());
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        byte[] entry = entryOf(key, value);
        AfterCommit.run(false, () -> TRANSLATOR.translated(() -> write(keyBytes, entry)));
    }

    private byte[] entryOf(Object key, @Nullable Object value) {
        toStoreValue(value); // Refuses a null that is not allowed.
        return codec.entryBytes(key, value);
    }

    /**
     * An entry that a power loss takes away is only loaded again. One that replaces another must not be lost, because the
     * other would be there again, though what it was made from is gone.
     */
    private boolean write(byte[] key, byte[] entry) {
        if (entries.exists(key)) {
            entries.put(key, entry, settings.expiry());
            return true;
        }
        return store.inTransaction(LOSSY, transaction -> {
            transaction.keyspace(entries.name()).put(key, entry, settings.expiry());
            return true;
        });
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        byte[] entry = entryOf(key, value);
        return TRANSLATOR.translated(() -> store.inTransaction(LOSSY, transaction -> {
            Keyspace own = transaction.keyspace(entries.name());
            byte[] current = own.get(keyBytes);
            ValueWrapper cached = current == null ? null : toValueWrapper(storeValue(key, current));
            if (cached == null) {
                own.put(keyBytes, entry, settings.expiry());
            }
            return cached;
        }));
    }

    @Override
    public void evict(Object key) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        AfterCommit.run(true, () -> TRANSLATOR.translated(() -> entries.delete(keyBytes)));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        return TRANSLATOR.translated(() -> entries.delete(keyBytes));
    }

    @Override
    public void clear() {
        AfterCommit.run(true, this::invalidate);
    }

    @Override
    public boolean invalidate() {
        return TRANSLATOR.translated(this::deleteAll);
    }

    private boolean deleteAll() {
        boolean any = false;
        List<byte[]> keys = someKeys();
        while (!keys.isEmpty()) {
            any = true;
            WriteBatch batch = new WriteBatch();
            keys.forEach(batch::delete);
            entries.write(batch);
            keys = someKeys();
        }
        return any;
    }

    private List<byte[]> someKeys() {
        return entries.keys(KeyRange.all(), Keyspace.Direction.ASCENDING)
                .limit(CLEARED_AT_ONCE)
                .toList();
    }
}
