package org.storedb;

/**
 * When segments are compacted automatically. Immutable.
 *
 * @param automatic whether the store starts compactions by itself; default {@code true}
 * @param deadRatio fraction of the log that may be dead, above 0 and at most 1; default 0.5, so that the log is at most
 *     about twice the size of its live records. When nine tenths of this fraction are dead, sealed segments are
 *     compacted, starting with those that reclaim most; a segment with little to copy, because more than
 *     {@code (1 + deadRatio) / 2} of it is dead, is compacted at any time. A lower value keeps the log smaller but
 *     copies each record more often. Less dead space suffices when space is short: when the disk, or
 *     {@link StoreOptions#bytesOnDiskMax()}, has room for fewer than four segments. An explicitly requested compaction
 *     takes every segment that would shrink by at least a twentieth, that commits were written to, or that does not use
 *     the current encryption key
 * @param bytesPerSecondMax how many bytes of segments a compaction reads per second; default {@link Long#MAX_VALUE},
 *     which means no limit. With too low a limit, compaction does not keep up with writes
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

    /** Returns a policy that compacts only on request. */
    public static CompactionPolicy manual() {
        return new CompactionPolicy(false, DEFAULTS.deadRatio);
    }
}
