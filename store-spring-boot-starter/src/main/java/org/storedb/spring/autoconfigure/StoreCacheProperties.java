package org.storedb.spring.autoconfigure;

import static org.storedb.spring.autoconfigure.PropertyChecks.checked;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.storedb.spring.cache.StoreCacheSettings;

/**
 * Caches in the store.
 *
 * @param enabled Whether to keep Spring's caches in the store, unless the application has a CacheManager or
 *     'spring.cache.type' names another kind.
 * @param timeToLive Time that an entry is kept after it was put; unlimited if not set.
 * @param timeToIdle Time that an entry is kept after it was last put or read; unlimited if not set.
 * @param nullValues Whether to cache null values returned by methods. If not, a cached method that returns null fails,
 *     unless it says unless = "#result == null".
 * @param caches Settings of individual caches, by their names.
 */
@ConfigurationProperties("store.cache")
public record StoreCacheProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Duration timeToLive,
        @Nullable Duration timeToIdle,
        @DefaultValue("true") boolean nullValues,
        @DefaultValue Map<String, Times> caches) {

    /**
     * Times that the entries of one cache are kept.
     *
     * @param timeToLive Time that an entry is kept after it was put; unlimited if not set.
     * @param timeToIdle Time that an entry is kept after it was last put or read; unlimited if not set.
     */
    public record Times(
            @Nullable Duration timeToLive, @Nullable Duration timeToIdle) {}

    /** Returns the settings of a cache that has none of its own. */
    StoreCacheSettings toDefaults() {
        return settings("cache", new Times(timeToLive, timeToIdle));
    }

    /** Returns the settings of individual caches, by their names. */
    Map<String, StoreCacheSettings> toSettings() {
        Map<String, StoreCacheSettings> settings = new LinkedHashMap<>();
        caches.forEach((name, times) -> settings.put(name, settings("cache.caches." + name, times)));
        return settings;
    }

    private StoreCacheSettings settings(String prefix, Times times) {
        StoreCacheSettings settings = StoreCacheSettings.defaults().withNullValues(nullValues);
        if (times.timeToLive() != null) {
            settings = checked(prefix + ".time-to-live", times.timeToLive(), "above 0", settings::withTimeToLive);
        }
        return times.timeToIdle() == null
                ? settings
                : checked(
                        prefix + ".time-to-idle",
                        times.timeToIdle(),
                        "above 0, and set without 'time-to-live'",
                        settings::withTimeToIdle);
    }
}
