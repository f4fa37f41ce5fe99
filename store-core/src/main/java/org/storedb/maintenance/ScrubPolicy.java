package org.storedb.maintenance;

import java.time.Duration;

/**
 * When the store scrubs its log in the background, to find bit rot while there is still a good backup. Immutable.
 *
 * <p>It is enabled by default: reads verify what they read, but most data may not be read for years. At the default
 * pace it uses a hundredth of a disk's bandwidth, and a process that lives for less than an hour never starts it.
 *
 * @param automatic whether it is enabled; default {@code true}
 * @param bytesPerSecond bytes to read per second, at least 1,024; default 2 MiB
 * @param firstAfter time from the opening of the store to the first run; default 1 hour
 * @param pause time from the end of a run to the next; default 7 days
 */
public record ScrubPolicy(boolean automatic, long bytesPerSecond, Duration firstAfter, Duration pause) {

    private static final int BYTES_PER_SECOND_LEAST = 1024;

    private static final ScrubPolicy DEFAULTS = new ScrubPolicy(true, 2 << 20, Duration.ofHours(1), Duration.ofDays(7));

    public ScrubPolicy {
        if (bytesPerSecond < BYTES_PER_SECOND_LEAST) {
            throw new IllegalArgumentException(
                    "bytesPerSecond must be at least " + BYTES_PER_SECOND_LEAST + ", not " + bytesPerSecond);
        }
        if (firstAfter.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "firstAfter and pause must not be negative, but are " + firstAfter + " and " + pause);
        }
    }

    public static ScrubPolicy defaults() {
        return DEFAULTS;
    }

    /** Returns a policy that never scrubs. */
    public static ScrubPolicy off() {
        return new ScrubPolicy(false, DEFAULTS.bytesPerSecond, DEFAULTS.firstAfter, DEFAULTS.pause);
    }

    /** Returns this policy with another pace. */
    public ScrubPolicy withBytesPerSecond(long newBytesPerSecond) {
        return new ScrubPolicy(automatic, newBytesPerSecond, firstAfter, pause);
    }
}
