package org.storedb.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a verification checked, and what it found.
 *
 * @param startedAt when it began
 * @param duration how long it took
 * @param sequence the last commit that it covers
 * @param segments number of log files, which were read completely
 * @param bytes number of bytes read from them
 * @param frames number of commits and relocations in them
 * @param records number of current records, each read through the index and verified
 * @param indexEntries number of entries of secondary indexes that were compared with the documents
 * @param segmentsWithoutRecords number of log files without any current record, which the next compaction reclaims
 * @param problemCount how many problems were found
 * @param problems the first of those problems, at most {@value #PROBLEMS_MAX}
 */
public record VerificationReport(
        Instant startedAt,
        Duration duration,
        long sequence,
        int segments,
        long bytes,
        long frames,
        long records,
        long indexEntries,
        int segmentsWithoutRecords,
        long problemCount,
        List<StoreProblem> problems) {

    /** The maximum number of problems that a report lists. */
    public static final int PROBLEMS_MAX = 1000;

    public VerificationReport {
        problems = List.copyOf(problems);
    }

    /** Returns whether no problems at all were found. */
    public boolean isSound() {
        return problemCount == 0;
    }

    /** Returns whether a problem was found that can make results wrong or incomplete. */
    public boolean hasDamage() {
        return problems.stream().anyMatch(problem -> problem.kind().isDamage());
    }
}
