package org.storedb.spring.cache;

import java.util.List;
import java.util.Set;
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
 * A cache in a keyspace of the store. During a transaction, puts, evictions and clearing take effect when it is
 * committed, and not at all if they are rolled back; if the outcome is unknown, evictions and clearing do.
 * {@link #putIfAbsent}, {@link #evictIfPresent} and {@link #invalidate} take effect at once.
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
    private final ConcurrentHashMap<Object, Loading> loading = new ConcurrentHashMap<>();
    private final Set<Load> loads = ConcurrentHashMap.newKeySet(); // until their values are kept or not

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

    /**
     * Returns the value of an entry; {@code null} if it is null and nulls are not cached, belongs to another key, or
     * can no longer be read.
     */
    private @Nullable Object storeValue(Object key, byte[] entry) {
        try {
            if (!codec.isOf(key, entry)) {
                return null;
            }
            Object value = codec.value(entry);
            return value == null && isAllowNullValues() ? NullValue.INSTANCE : value;
        } catch (RuntimeException e) {
            LOGGER.debug("An entry of the cache '" + name + "' is treated as missing", e);
            return null;
        }
    }

    /**
     * Makes one thread load a missing value, while others that request the same one wait for it. If the entry is put or
     * evicted in the meantime, the value may be older than that change: they get it, but it is not cached. A transaction
     * that may write loads values for itself alone, since it may see what it never commits.
     */
    @Override
    @SuppressWarnings("unchecked") // The caller knows the type of the value it has put.
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        ValueWrapper cached = get(key);
        if (cached != null) {
            return (T) cached.get();
        }
        Loading own = new Loading(key, valueLoader);
        Loading running = AfterCommit.isInWritingTransaction() ? null : loading.putIfAbsent(key, own);
        if (running == null) {
            try {
                own.task.run();
            } finally {
                loading.remove(key, own);
            }
            running = own;
        } else if (running.thread == Thread.currentThread()) {
            throw new IllegalStateException(
                    "Loading the value of %s for the cache '%s' asks the cache for that value".formatted(key, name));
        }
        try {
            return (T) running.task.get();
        } catch (ExecutionException e) {
            throw new ValueRetrievalException(key, valueLoader, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ValueRetrievalException(key, valueLoader, e);
        }
    }

    /**
     * Returns a future of a {@link ValueWrapper} if nulls are cached: a future of null itself means that the value is
     * missing.
     */
    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        ValueWrapper cached = get(key);
        if (cached == null) {
            return null;
        }
        return CompletableFuture.completedFuture(isAllowNullValues() ? cached : cached.get());
    }

    @Override
    @SuppressWarnings("unchecked") // The caller knows the type of the value it has put.
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        ValueWrapper cached = get(key);
        if (cached != null) {
            return CompletableFuture.completedFuture((T) cached.get());
        }
        Load load = new Load(key);
        try {
            return valueLoader.get().whenComplete((value, failure) -> {
                try {
                    if (failure == null) {
                        load.keep(value);
                    }
                } finally {
                    load.end();
                }
            });
        } catch (RuntimeException | Error e) {
            load.end();
            throw e;
        }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        byte[] keyBytes = CacheEntryCodec.keyBytes(key);
        byte[] entry = entryOf(key, value);
        AfterCommit.run(() -> {
            outdate(key);
            TRANSLATOR.translated(() -> write(keyBytes, entry));
        });
    }

    /** Makes values that are being loaded belong to the past. */
    private void outdate(Object key) {
        loading.remove(key);
        for (Load load : loads) {
            if (load.key.equals(key)) {
                load.outdate();
            }
        }
    }

    private byte[] entryOf(Object key, @Nullable Object value) {
        toStoreValue(value); // Rejects a null that is not allowed.
        return codec.entryBytes(key, value);
    }

    /**
     * Writes an entry. One that is lost in a power failure is merely loaded again. But one that replaces another must
     * not be lost: the previous one would reappear, although what it was computed from is gone.
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
        outdate(key);
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
        AfterCommit.runEvenIfUnknown(() -> delete(key, keyBytes));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return delete(key, CacheEntryCodec.keyBytes(key));
    }

    private boolean delete(Object key, byte[] keyBytes) {
        outdate(key);
        return TRANSLATOR.translated(() -> entries.delete(keyBytes));
    }

    @Override
    public void clear() {
        AfterCommit.runEvenIfUnknown(this::invalidate);
    }

    @Override
    public boolean invalidate() {
        loading.clear();
        loads.forEach(Load::outdate);
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

    /** A thread that loads a value, for which others can wait. */
    private final class Loading {

        private final Thread thread = Thread.currentThread();
        private final FutureTask<@Nullable Object> task;

        Loading(Object key, Callable<?> loader) {
            this.task = new FutureTask<>(() -> load(key, loader));
        }

        private @Nullable Object load(Object key, Callable<?> loader) throws Exception {
            Load load = new Load(key);
            try {
                ValueWrapper cached = get(key);
                if (cached != null) {
                    return cached.get();
                }
                Object value = loader.call();
                load.keep(value);
                return value;
            } finally {
                load.end();
            }
        }
    }

    /** A load of a value, from its beginning until the value is kept or not. */
    private final class Load {

        private final Object key;
        private boolean outdated; // guarded by this

        Load(Object key) {
            this.key = key;
            loads.add(this);
        }

        /** Writes the value when the running transaction is committed, unless the entry is changed until then. */
        void keep(@Nullable Object value) {
            byte[] keyBytes = CacheEntryCodec.keyBytes(key);
            byte[] entry = entryOf(key, value);
            AfterCommit.run(() -> TRANSLATOR.translated(() -> writeUnlessOutdated(keyBytes, entry)));
        }

        /** Keeps {@link #outdate} waiting, whose caller then replaces or deletes the entry. */
        private synchronized boolean writeUnlessOutdated(byte[] keyBytes, byte[] entry) {
            return !outdated && write(keyBytes, entry);
        }

        synchronized void outdate() {
            outdated = true;
        }

        /** Forgets this load at the end of the running transaction. */
        void end() {
            AfterCommit.runAtEnd(() -> loads.remove(this));
        }
    }
}
