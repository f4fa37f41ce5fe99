package org.storedb.search;

import java.time.Duration;
import org.storedb.maintenance.OperationMonitor;

/**
 * How a text index works. Immutable; each {@code with} method returns a changed copy.
 *
 * @param delay after which changes are in the index at the latest, apart from the time it takes to index them; default
 *     1 s
 * @param commitInterval how long the files may lag behind the index; what they lack is read from the log again when the
 *     index is opened; default 30 s
 * @param monitor monitors the building of the index, and may cancel it
 */
public record TextIndexOptions(Duration delay, Duration commitInterval, OperationMonitor monitor) {

    private static final TextIndexOptions DEFAULTS =
            new TextIndexOptions(Duration.ofSeconds(1), Duration.ofSeconds(30), OperationMonitor.none());

    public TextIndexOptions {
        if (delay.compareTo(Duration.ofMillis(1)) < 0 || commitInterval.isNegative()) {
            throw new IllegalArgumentException("delay must be at least 1 ms and commitInterval 0 or more, not " + delay
                    + " and " + commitInterval);
        }
    }

    public static TextIndexOptions defaults() {
        return DEFAULTS;
    }

    public TextIndexOptions withDelay(Duration newDelay) {
        return new TextIndexOptions(newDelay, commitInterval, monitor);
    }

    public TextIndexOptions withCommitInterval(Duration newCommitInterval) {
        return new TextIndexOptions(delay, newCommitInterval, monitor);
    }

    public TextIndexOptions withMonitor(OperationMonitor newMonitor) {
        return new TextIndexOptions(delay, commitInterval, newMonitor);
    }
}
