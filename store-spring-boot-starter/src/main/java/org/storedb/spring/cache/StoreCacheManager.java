package org.storedb.spring.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.storedb.Store;

/**
 * Caches in a store: they outlive the application and need none of its memory, and each has a time to live or a time to
 * idle for its entries. Keys need a {@code toString()} that is the same for equal keys, except for lists, sets and
 * maps, which are the same key if their elements are. Safe for use by multiple threads.
 *
 * <p>Each cache is the keyspace {@code cache.<name>}; characters other than ASCII letters, digits, {@code _} and
 * {@code .} are replaced by {@code -} and four hexadecimal digits.
 */
public class StoreCacheManager implements CacheManager {

    private static final String KEYSPACE_PREFIX = "cache.";

    private final Store store;
    private final CacheEntryCodec codec;
    private final StoreCacheSettings defaults;
    private final Map<String, StoreCacheSettings> known;
    private final boolean open;
    private final Map<String, StoreCache> caches = new ConcurrentHashMap<>();

    /** Creates caches on demand, with their own settings or the default ones. */
    public StoreCacheManager(
            Store store,
            CacheSerializer serializer,
            StoreCacheSettings defaults,
            Map<String, StoreCacheSettings> settings) {
        this(store, serializer, defaults, settings, true);
    }

    private StoreCacheManager(
            Store store,
            CacheSerializer serializer,
            StoreCacheSettings defaults,
            Map<String, StoreCacheSettings> known,
            boolean open) {
        this.store = store;
        this.codec = new CacheEntryCodec(serializer);
        this.defaults = defaults;
        this.known = Map.copyOf(known);
        this.open = open;
        if (!open) {
            known.keySet().forEach(this::cacheOf);
        }
    }

    /** Creates a manager of these caches only, with their own settings or the default ones. */
    public static StoreCacheManager ofNames(
            Store store,
            CacheSerializer serializer,
            StoreCacheSettings defaults,
            Map<String, StoreCacheSettings> settings,
            Collection<String> names) {
        Map<String, StoreCacheSettings> known = new LinkedHashMap<>();
        names.forEach(name -> known.put(name, settings.getOrDefault(name, defaults)));
        return new StoreCacheManager(store, serializer, defaults, known, false);
    }

    @Override
    public @Nullable Cache getCache(String name) {
        return open || known.containsKey(name) ? cacheOf(name) : null;
    }

    private StoreCache cacheOf(String name) {
        return caches.computeIfAbsent(
                name,
                absent -> new StoreCache(name, store, keyspaceOf(name), known.getOrDefault(name, defaults), codec));
    }

    /** Returns the caches used since the application started, or the only ones there can be. */
    @Override
    public Collection<String> getCacheNames() {
        return List.copyOf(caches.keySet());
    }

    private static String keyspaceOf(String cache) {
        StringBuilder name = new StringBuilder(KEYSPACE_PREFIX);
        cache.chars().forEach(c -> {
            if (isPlain(c)) {
                name.append((char) c);
            } else {
                name.append(String.format("-%04x", c));
            }
        });
        return name.toString();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }
}
