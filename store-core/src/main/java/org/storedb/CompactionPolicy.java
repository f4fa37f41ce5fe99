package org.storedb;

/**
 * When segments are compacted without being asked. Immutable.
 *
 * @param automatic whether the store starts compactions by itself; default {@code true}
 * @param deadRatio share of the log that may be dead bytes, above 0 and at most 1; default 0.5, so that the log has about
 *     twice the bytes of its live records at most. When nine tenths of this share are dead, sealed segments are compacted,
 *     those first that give back most; a segment that has little to copy, since more than {@code (1 + deadRatio) / 2} of it
 *     is dead, at any time. A lower share keeps the log smaller, and copies each record more often. Less is enough when
 *     space is short: when the disk, or {@link StoreOptions#bytesOnDiskMax()}, has room for less than four segments. A
 *     compaction that is asked for takes every segment with any dead bytes
 * @param bytesPerSecondMax how many bytes of segments a compaction reads in a second; default {@link Long#MAX_VALUE},
 *     which is no bound. With too low a bound, compaction does not keep up with what is written
 */
public record CompactionPolicy(boolean automatic, double deadRatio, long bytesPerSecondMax) {

    private static final CompactionPolicy DEFAULTS = new CompactionPolicy(true, 0.5);

    public CompactionPolicy(boolean automatic, double deadRatio) {
        this(automatic, deadRatio, Long.MAX_VALUE);
    }

    public CompactionPolicy {
        if (!(deadRatio > 0 && deadRatio <= 1)) {
            throw new IllegalArgumentException("deadRatio must be above 0 and at most 1, not " + deadRatio);
        }
        if (bytesPerSecondMax < 1) {
            throw new IllegalArgumentException("bytesPerSecondMax must be at least 1, not " + bytesPerSecondMax);
        }
    }

    public CompactionPolicy withBytesPerSecondMax(long newBytesPerSecondMax) {
        return new CompactionPolicy(automatic, deadRatio, newBytesPerSecondMax);
    }

    public static CompactionPolicy defaults() {
        return DEFAULTS;
    }

    /** Compact only when asked. */
    public static CompactionPolicy manual() {
        return new CompactionPolicy(false, DEFAULTS.deadRatio);
    }
}
