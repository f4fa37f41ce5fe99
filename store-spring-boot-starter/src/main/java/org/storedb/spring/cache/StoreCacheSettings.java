package org.storedb.spring.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storedb.Expiry;

/**
 * The settings of one cache.
 *
 * @param timeToLive the time that an entry is kept after it was put, or {@code null} for no limit
 * @param timeToIdle the time that an entry is kept after it was last put or read, or {@code null} for no limit
 * @param nullValues whether nulls are cached; if not, putting one throws an {@link IllegalArgumentException}, also for
 *     a cached method that returns it
 */
public record StoreCacheSettings(
        @Nullable Duration timeToLive, @Nullable Duration timeToIdle, boolean nullValues) {

    private static final StoreCacheSettings DEFAULTS = new StoreCacheSettings(null, null, true);

    public StoreCacheSettings {
        if (timeToLive != null && timeToIdle != null) {
            throw new IllegalArgumentException("A cache has a time to live or a time to idle, not both: %s and %s"
                    .formatted(timeToLive, timeToIdle));
        }
        Duration time = timeToLive == null ? timeToIdle : timeToLive;
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("The entries of a cache must be kept for a positive time, not " + time);
        }
    }

    /** Returns settings that keep entries, nulls included, until they are evicted. */
    public static StoreCacheSettings defaults() {
        return DEFAULTS;
    }

    public StoreCacheSettings withTimeToLive(@Nullable Duration newTimeToLive) {
        return new StoreCacheSettings(newTimeToLive, timeToIdle, nullValues);
    }

    public StoreCacheSettings withTimeToIdle(@Nullable Duration newTimeToIdle) {
        return new StoreCacheSettings(timeToLive, newTimeToIdle, nullValues);
    }

    public StoreCacheSettings withNullValues(boolean newNullValues) {
        return new StoreCacheSettings(timeToLive, timeToIdle, newNullValues);
    }

    Expiry expiry() {
        if (timeToLive != null) {
            return Expiry.after(timeToLive);
        }
        return timeToIdle == null ? Expiry.never() : Expiry.afterUnused(timeToIdle);
    }
}
