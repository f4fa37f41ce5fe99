package org.storedb;

import java.time.Duration;

/**
 * What compactions leave in place for those who follow the changes of a store. Segments that are kept take up space with
 * what is dead in them; when space is short, nothing is kept. Immutable.
 *
 * @param forNames whether to keep what consumers with a name have not confirmed; default {@code true}
 * @param age how long to keep every change, from when its segment was full; default zero
 * @param bytesMax most bytes of segments that are kept for either reason, the newest of them; default 1 GiB
 */
public record ChangeRetention(boolean forNames, Duration age, long bytesMax) {

    private static final long GIB = 1L << 30;

    private static final ChangeRetention DEFAULTS = new ChangeRetention(true, Duration.ZERO, GIB);

    public ChangeRetention {
        if (age.isNegative() || bytesMax < 0) {
            throw new IllegalArgumentException(
                    "Changes are kept for 0 or more time and bytes, not " + age + " and " + bytesMax);
        }
    }

    public static ChangeRetention defaults() {
        return DEFAULTS;
    }

    /** Nothing is kept for anybody. */
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
