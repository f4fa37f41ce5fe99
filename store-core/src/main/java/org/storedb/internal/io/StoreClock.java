package org.storedb.internal.io;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time of a store: that of the wall clock, except that it never goes back. When the wall clock is set back, or was
 * ahead when the store was last open, the store's time continues from its current value, at normal speed, until the
 * wall clock has caught up. In milliseconds. Safe for use by many threads.
 */
public final class StoreClock implements InstantSource {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstantSource wall;
    private final LongSupplier nanoTicker;
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean ahead;
    private long aheadSinceMillis; // Guarded by this.
    private long aheadSinceNanos; // Guarded by this.

    /**
     * Creates a clock that shows the time of {@code wall} until that goes back.
     *
     * @param nanoTicker monotonic, in nanoseconds
     */
    public StoreClock(InstantSource wall, LongSupplier nanoTicker) {
        this.wall = wall;
        this.nanoTicker = nanoTicker;
    }

    @Override
    public long millis() {
        long wallMillis = wall.millis();
        long latest = latestMillis.get();
        if (ahead || wallMillis < latest) {
            return millisAhead(wallMillis);
        }
        return wallMillis == latest ? latest : latestMillis.accumulateAndGet(wallMillis, Math::max);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /** Returns the time of the wall clock, in milliseconds since 1970-01-01 UTC. */
    public long wallMillis() {
        return wall.millis();
    }

    /** Continues from {@code millis}, unless the time is past that. */
    public synchronized void advanceTo(long millis) {
        if (millis > millis()) {
            latestMillis.accumulateAndGet(millis, Math::max);
            goOnFrom(millis);
        }
    }

    private synchronized long millisAhead(long wallMillis) {
        if (!ahead) {
            goOnFrom(latestMillis.get());
        }
        long carried = aheadSinceMillis + (nanoTicker.getAsLong() - aheadSinceNanos) / NANOS_PER_MILLI;
        ahead = wallMillis < carried;
        return latestMillis.accumulateAndGet(Math.max(wallMillis, carried), Math::max);
    }

    private void goOnFrom(long millis) {
        aheadSinceMillis = millis;
        aheadSinceNanos = nanoTicker.getAsLong();
        ahead = true;
    }
}
