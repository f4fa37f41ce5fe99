package org.storedb.crash;

import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;
import org.storedb.internal.checkpoint.CheckpointFile;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;

/** Random steps, compared with a model after each reopening; compactions, and commits in the middle of
 * them, come often. Without crashes, so that it is fast. */
class ReopeningTests {

    private static final int STEPS = 60;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void storeContainsWhatTheModelDoes(long firstSeed) {
        long start = System.nanoTime();
        int runs = CampaignSize.of(500);
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
        CampaignSize.report(
                "Reopening: %,d runs from seed %d, %,d steps, %.1f s",
                runs, firstSeed, (long) runs * STEPS, CampaignSize.secondsSince(start));
    }

    static void run(long seed) {
        Random random = new Random(seed);
        CommitsDuringCompaction[] intruder = new CommitsDuringCompaction[1];
        SimulatedDirectory disk = new SimulatedDirectory();
        StorageDirectory directory = new InterceptedDirectory(disk, new IoInterceptor() {
            @Override
            public void after(IoOperation operation) {
                intruder[0].after(operation);
            }
        });
        Workload workload = new Workload(seed, directory, Durability.OS);
        intruder[0] = new CommitsDuringCompaction(workload, random);
        workload.open();
        for (int i = 0; i < STEPS; i++) {
            Step step = List.of(workload.anyStep(), workload.anyStep(), workload.anyStep(), Step.COMPACT, Step.REOPEN)
                    .get(random.nextInt(5));
            if (step == Step.REOPEN && random.nextBoolean()) {
                reopenWithoutCheckpoint(workload, disk);
            } else {
                intruder[0].run(step);
            }
            if (step == Step.REOPEN || step == Step.COMPACT) {
                workload.requireContents();
            }
        }
        workload.close();
    }

    /** The log alone must lead to the same contents. */
    private static void reopenWithoutCheckpoint(Workload workload, SimulatedDirectory disk) {
        workload.close();
        try {
            if (disk.list().contains(CheckpointFile.NAME)) {
                disk.delete(CheckpointFile.NAME);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(e);
        }
        workload.open();
    }
}
