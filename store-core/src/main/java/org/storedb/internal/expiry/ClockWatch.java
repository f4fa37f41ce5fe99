package org.storedb.internal.expiry;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.storedb.internal.io.StoreClock;

/** Warns when the wall clock behaves unexpectedly, since records expire by it. For one thread. */
public final class ClockWatch {

    private static final long JUMP_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long BEHIND_MILLIS = Duration.ofMinutes(1).toMillis();

    private final StoreClock clock;
    private final LongSupplier nanoTicker;
    private long lastWallMillis;
    private long lastNanos;
    private boolean behind;

    public ClockWatch(StoreClock clock, LongSupplier nanoTicker) {
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.lastWallMillis = clock.wallMillis();
        this.lastNanos = nanoTicker.getAsLong();
    }

    /** Checks the clock; to be called every few seconds. */
    public void look(Duration grace) {
        long wallMillis = clock.wallMillis();
        long nanos = nanoTicker.getAsLong();
        long jump = wallMillis
                - lastWallMillis
                - Duration.ofNanos(nanos - lastNanos).toMillis();
        lastWallMillis = wallMillis;
        lastNanos = nanos;
        if (jump > JUMP_MILLIS) {
            warn(
                    "The clock has jumped forward by {0}, to {1}. Whatever expired as a result is invisible from now"
                            + " on, and is removed from the store in {2} unless the clock is set back first",
                    Duration.ofMillis(jump), Instant.ofEpochMilli(wallMillis), grace);
        }
        long aheadMillis = clock.millis() - wallMillis;
        if (aheadMillis > BEHIND_MILLIS && !behind) {
            warn(
                    "The clock is {0} behind the last commit of the store. The store continues from the time of that"
                            + " commit: whatever has expired stays invisible, but is not removed until the clock"
                            + " catches up",
                    Duration.ofMillis(aheadMillis));
        }
        behind = aheadMillis > BEHIND_MILLIS;
    }

    private static void warn(String message, Object... values) {
        System.getLogger(ClockWatch.class.getName()).log(System.Logger.Level.WARNING, message, values);
    }
}
