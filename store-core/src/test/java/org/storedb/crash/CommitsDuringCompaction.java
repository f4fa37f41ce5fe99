package org.storedb.crash;

import java.util.Random;
import org.storedb.testing.IoOperation;

/** Slips commits into a compaction, which runs in the same thread here: while it copies it holds no lock. */
final class CommitsDuringCompaction {

    private static final int WRITES_A_COMMIT = 3;

    /** A commit between reads may give another value to what has not been copied yet, so that it never will be. */
    private static final int READS_A_COMMIT = 8;

    private final Workload workload;
    private final Random random;
    private boolean compacting;
    private boolean copying;
    private boolean nested;

    CommitsDuringCompaction(Workload workload, Random random) {
        this.workload = workload;
        this.random = random;
    }

    /** Runs a step, with commits in the middle of it if it compacts. */
    void run(Step step) {
        compacting = step == Step.COMPACT;
        try {
            workload.run(step);
        } finally {
            compacting = false;
            copying = false;
        }
    }

    /** Is to be told of each operation on the disk. */
    void after(IoOperation operation) {
        if (!compacting || nested || !operation.file().startsWith("segment-")) {
            return;
        }
        boolean reading = operation.kind() == IoOperation.Kind.READ;
        copying |= reading;
        boolean writing = copying && operation.kind() == IoOperation.Kind.WRITE;
        if ((reading && random.nextInt(READS_A_COMMIT) == 0) || (writing && random.nextInt(WRITES_A_COMMIT) == 0)) {
            nested = true;
            workload.smallCommit(random.nextInt(1000));
            if (random.nextInt(3) == 0) {
                workload.rollingCommit(random.nextInt(1000));
            }
            nested = false;
        }
    }
}
