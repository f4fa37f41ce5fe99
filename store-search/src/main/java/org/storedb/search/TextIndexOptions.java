package org.storedb.search;

import java.time.Duration;
import org.storedb.maintenance.OperationMonitor;

/**
 * How a text index works. Immutable; each {@code with} method returns a changed copy.
 *
 * @param delay after which changes are in the index at the latest, apart from the time that it takes to bring them in; default
 *     1 s
 * @param commitInterval how long the files of the index may be behind it; what they do not have is read from the log again
 *     when the index is opened; default 30 s
 * @param monitor watches the index being built, and may end that
 */
public record TextIndexOptions(Duration delay, Duration commitInterval, OperationMonitor monitor) {

    private static final TextIndexOptions DEFAULTS =
            new TextIndexOptions(Duration.ofSeconds(1), Duration.ofSeconds(30), OperationMonitor.none());

    public TextIndexOptions {
        if (delay.compareTo(Duration.ofMillis(1)) < 0 || commitInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "A text index follows after 1 ms or more and is committed after 0 or more," + " not " + delay
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
