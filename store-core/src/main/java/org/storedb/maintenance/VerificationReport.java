package org.storedb.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a verification looked at, and what it found.
 *
 * @param startedAt when it began
 * @param duration how long it took
 * @param sequence the last commit that it covers
 * @param segments files of the log that were read, whole
 * @param bytes bytes that were read of them
 * @param frames commits and relocations in them
 * @param records current records, each read through the index and verified
 * @param indexEntries entries of secondary indexes that were compared with the documents
 * @param segmentsWithoutRecords files of the log without any current record: the next compaction gives them back
 * @param problemCount how many problems were found
 * @param problems the first of them, at most {@value #PROBLEMS_MAX}
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

    /** How many problems a report names. */
    public static final int PROBLEMS_MAX = 1000;

    public VerificationReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing at all was found. */
    public boolean isSound() {
        return problemCount == 0;
    }

    /** Whether something was found that makes answers wrong or missing. */
    public boolean hasDamage() {
        return problems.stream().anyMatch(problem -> problem.kind().isDamage());
    }
}
