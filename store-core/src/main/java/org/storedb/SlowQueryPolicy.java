package org.storedb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which queries count as slow. They are logged at level {@code WARNING} to the logger {@code org.storedb.slow-queries}:
 * with their plans when they finish, and in one line if they have taken too long before. The latest are kept for
 * {@link Store#slowQueries()}. While enabled, each step of each query counts its rows, and each row is timed once.
 * Immutable.
 *
 * @param threshold duration from which a query counts as slow, 0 or more; {@code null}, the default, for none
 * @param withValues whether the values of conditions are shown, which may be confidential; default {@code false}: they
 *     are shown as {@code ?}
 * @param kept how many of the latest are kept, 0 or more; default 100
 */
public record SlowQueryPolicy(@Nullable Duration threshold, boolean withValues, int kept) {

    private static final SlowQueryPolicy OFF = new SlowQueryPolicy(null, false, 100);

    public SlowQueryPolicy {
        if (threshold != null && threshold.isNegative()) {
            throw new IllegalArgumentException("threshold must be 0 or more, not " + threshold);
        }
        if (kept < 0) {
            throw new IllegalArgumentException("kept must be 0 or more, not " + kept);
        }
    }

    /** Returns a policy for which no query is slow. */
    public static SlowQueryPolicy off() {
        return OFF;
    }

    public static SlowQueryPolicy from(Duration threshold) {
        return new SlowQueryPolicy(threshold, OFF.withValues, OFF.kept);
    }

    /** Returns this policy, showing the values of conditions. */
    public SlowQueryPolicy showingValues() {
        return new SlowQueryPolicy(threshold, true, kept);
    }

    public SlowQueryPolicy keeping(int newKept) {
        return new SlowQueryPolicy(threshold, withValues, newKept);
    }
}
