package org.storedb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.expiry.ExpiryRenewal;
import org.storedb.internal.log.RecordExpiry;

/**
 * The lifetime of a document or a value: forever, until a point in time, or until it has not been used for some time.
 * Times are in whole milliseconds. Immutable.
 */
public final class Expiry {

    /** Longer times are effectively forever. */
    private static final long MILLIS_MAX = Duration.ofDays(365_000).toMillis();

    private static final Expiry NEVER = new Expiry(null, 0, false);

    private final @Nullable Instant at;
    private final long afterMillis;
    private final boolean sliding;

    private Expiry(@Nullable Instant at, long afterMillis, boolean sliding) {
        this.at = at;
        this.afterMillis = afterMillis;
        this.sliding = sliding;
    }

    /** Never expires. */
    public static Expiry never() {
        return NEVER;
    }

    /** Expires at {@code time}; immediately if that is in the past. */
    public static Expiry at(Instant time) {
        return new Expiry(Objects.requireNonNull(time, "time"), 0, false);
    }

    /**
     * Expires when this much time has passed.
     *
     * @param period at least 1 ms
     */
    public static Expiry after(Duration period) {
        return new Expiry(null, requirePeriod(period), false);
    }

    /**
     * Expires when it has not been used for this long, or up to an eighth longer, so that not every use has to be
     * written. Every write and every read by id or key counts as a use; queries and scans do not. A crash may lose the
     * uses of the last second.
     *
     * @param period at least 1 ms
     */
    public static Expiry afterUnused(Duration period) {
        return new Expiry(null, requirePeriod(period), true);
    }

    private static long requirePeriod(Duration period) {
        if (period.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("A document cannot expire after " + period + "; give at least 1 ms");
        }
        return period.compareTo(Duration.ofMillis(MILLIS_MAX)) > 0 ? MILLIS_MAX : period.toMillis();
    }

    /** Returns the period; 0 if the expiry is not defined by one. */
    long periodMillis() {
        return afterMillis;
    }

    /**
     * Returns the expiry of a record that is written now. If it expires immediately, its time is in the past.
     *
     * @param clock read only if the time depends on it
     */
    RecordExpiry toRecordExpiry(InstantSource clock) {
        if (at == null && afterMillis == 0) {
            return RecordExpiry.NEVER;
        }
        long nowMillis = clock.millis();
        Instant time = at;
        if (time != null) {
            long second = Math.max(0, Math.min(time.getEpochSecond(), (nowMillis + MILLIS_MAX) / 1000));
            return new RecordExpiry(Math.max(1, second * 1000 + time.getNano() / 1_000_000), 0);
        }
        return sliding ? ExpiryRenewal.sliding(afterMillis, nowMillis) : new RecordExpiry(nowMillis + afterMillis, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expiry expiry
                && Objects.equals(at, expiry.at)
                && afterMillis == expiry.afterMillis
                && sliding == expiry.sliding;
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, afterMillis, sliding);
    }

    @Override
    public String toString() {
        if (at != null) {
            return "at " + at;
        }
        return afterMillis == 0 ? "never" : "after " + Duration.ofMillis(afterMillis) + (sliding ? " unused" : "");
    }
}
