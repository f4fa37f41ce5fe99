package org.storedb;

import java.time.Duration;

/**
 * Which segments compactions keep for consumers of the {@linkplain ChangeFeed change feed}. The dead records in kept
 * segments take up space; when space is short, nothing is kept. Immutable.
 *
 * @param forNames whether to keep what named consumers have not confirmed; default {@code true}
 * @param age how long to keep every change, counted from when its segment was full; default zero
 * @param bytesMax maximum bytes of segments kept for either reason, of which the newest are kept; default 1 GiB
 */
public record ChangeRetention(boolean forNames, Duration age, long bytesMax) {

    private static final long GIB = 1L << 30;

    private static final ChangeRetention DEFAULTS = new ChangeRetention(true, Duration.ZERO, GIB);

    public ChangeRetention {
        if (age.isNegative() || bytesMax < 0) {
            throw new IllegalArgumentException("age and bytesMax must be 0 or more, not " + age + " and " + bytesMax);
        }
    }

    public static ChangeRetention defaults() {
        return DEFAULTS;
    }

    /** Returns a policy that keeps nothing. */
    public static ChangeRetention none() {
        return new ChangeRetention(false, Duration.ZERO, 0);
    }

    public ChangeRetention withAge(Duration newAge) {
        return new ChangeRetention(forNames, newAge, bytesMax);
    }

    public ChangeRetention withBytesMax(long newBytesMax) {
        return new ChangeRetention(forNames, age, newBytesMax);
    }
}
