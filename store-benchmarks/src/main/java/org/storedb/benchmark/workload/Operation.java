package org.storedb.benchmark.workload;

import java.util.SplittableRandom;

/** One step of a workload. */
@FunctionalInterface
public interface Operation {

    /**
     * Runs the operation.
     *
     * @return any value that depends on what was read, so that reading cannot be optimized away
     */
    long run(SplittableRandom random);
}
