package org.storedb.maintenance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of scrubbing the log in the background, and what it or a verification found.
 *
 * @param running whether a run is in progress
 * @param bytesDone how many bytes of the log the current run has read; 0 if there is none
 * @param bytesTotal how many bytes it will read in all
 * @param completedRuns number of runs completed since the store was opened
 * @param lastCompletedAt when the last one was completed, or {@code null}
 * @param problemCount problems found by the current run, by the last one if it found any, or by a later verification;
 *     what a verification found counts until another one finds nothing or a run finds something else
 * @param problems the first of those problems, at most {@value #PROBLEMS_MAX}
 */
public record ScrubStatus(
        boolean running,
        long bytesDone,
        long bytesTotal,
        long completedRuns,
        @Nullable Instant lastCompletedAt,
        long problemCount,
        List<StoreProblem> problems) {

    /** The maximum number of problems listed. */
    public static final int PROBLEMS_MAX = 100;

    public ScrubStatus {
        problems = List.copyOf(problems);
    }

    /** Returns whether damage was found. */
    public boolean isDamaged() {
        return problemCount > 0;
    }
}
