package org.storedb.maintenance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of the log in the background is, and what it found.
 *
 * @param running whether a run is under way
 * @param bytesDone how much of the log the current run has read; 0 if there is none
 * @param bytesTotal how much it will have read
 * @param completedRuns runs that came to their end since the store was opened
 * @param lastCompletedAt when the last one did, or {@code null}
 * @param problemCount problems found by the current run, or by the last one if it found any
 * @param problems the first of them, at most {@value #PROBLEMS_MAX}
 */
public record ScrubStatus(
        boolean running,
        long bytesDone,
        long bytesTotal,
        long completedRuns,
        @Nullable Instant lastCompletedAt,
        long problemCount,
        List<StoreProblem> problems) {

    /** How many problems it names. */
    public static final int PROBLEMS_MAX = 100;

    public ScrubStatus {
        problems = List.copyOf(problems);
    }

    /** Whether damage was found. */
    public boolean isDamaged() {
        return problemCount > 0;
    }
}
