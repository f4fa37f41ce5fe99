package org.storedb;

/**
 * When segments are compacted without being asked. Immutable.
 *
 * @param automatic whether the store starts compactions by itself; default {@code true}
 * @param deadRatio share of dead bytes from which a sealed segment is worth compacting, above 0 and at most 1; default
 *     0.5. A compaction that is asked for takes every segment with any dead bytes
 */
public record CompactionPolicy(boolean automatic, double deadRatio) {

    private static final CompactionPolicy DEFAULTS = new CompactionPolicy(true, 0.5);

    public CompactionPolicy {
        if (!(deadRatio > 0 && deadRatio <= 1)) {
            throw new IllegalArgumentException("deadRatio must be above 0 and at most 1, not " + deadRatio);
        }
    }

    public static CompactionPolicy defaults() {
        return DEFAULTS;
    }

    /** Compact only when asked. */
    public static CompactionPolicy manual() {
        return new CompactionPolicy(false, DEFAULTS.deadRatio);
    }
}
