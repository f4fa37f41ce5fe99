package org.storedb.crash;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.storedb.Durability;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;

/**
 * One workload with a crash after every operation on the disk: every kind of image that could be left at that moment is
 * judged. Commits slip into compactions, too.
 */
final class CrashRun implements IoInterceptor {

    private static final int RECOVERY_CRASHES_ONE_IN = 80;
    private static final int KILLED_RECOVERY_CRASHES_ONE_IN = 20;
    private static final int RECOVERY_CRASHES_MAX = 3;

    private final long seed;
    private final int imagesMost;
    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final Random random;
    private final CrashOracle oracle;
    private final Workload workload;
    private final Failures failures = new Failures();
    private final List<Step> steps = new ArrayList<>();
    private final CommitsDuringCompaction intruder;

    /**
     * A run.
     *
     * @param imagesMost how many images may be judged at each moment, about
     * @param disk what stands between the engine and the disk
     */
    CrashRun(long seed, Durability durability, int imagesMost, UnaryOperator<StorageDirectory> disk) {
        this.seed = seed;
        this.imagesMost = imagesMost;
        this.random = new Random(seed);
        StoreVariant variant = StoreVariant.of(seed);
        this.oracle = new CrashOracle(disk, random, variant);
        this.workload = new Workload(seed, disk.apply(new InterceptedDirectory(directory, this)), durability, variant);
        this.intruder = new CommitsDuringCompaction(workload, random);
    }

    CrashOracle oracle() {
        return oracle;
    }

    /** Runs as many steps as chance makes of the seed. */
    void run(int stepCount) {
        List<Step> any = new ArrayList<>();
        for (int i = 0; i < stepCount; i++) {
            any.add(workload.anyStep());
        }
        run(any);
    }

    void run(List<Step> given) {
        try {
            workload.open();
            judge();
            for (Step step : given) {
                steps.add(step);
                intruder.run(step);
                workload.requireContents();
                judge();
                failures.rethrow();
            }
            workload.close();
            judge();
            failures.rethrow();
        } catch (RuntimeException | Error e) {
            failures.collect(() -> {
                throw e;
            });
            throw new AssertionError("Seed " + seed + ", after " + steps + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void after(IoOperation operation) {
        if (operation.kind().isChange()) {
            judge();
        }
        intruder.after(operation);
    }

    private void judge() {
        failures.collect(() -> {
            List<SortedMap<String, String>> afterPowerLoss = allowed(workload.durable());
            new CrashImages(directory, random).forEach(imagesMost, image -> {
                oracle.check(image, afterPowerLoss);
                if (random.nextInt(RECOVERY_CRASHES_ONE_IN) == 0) {
                    oracle.checkCrashesInRecovery(new SimulatedDirectory(image), afterPowerLoss, RECOVERY_CRASHES_MAX);
                }
            });
            oracle.checkPowerLossAfterKill(directory.afterKill(), allowed(workload.acknowledged()));
            if (random.nextInt(KILLED_RECOVERY_CRASHES_ONE_IN) == 0) {
                oracle.checkCrashesInRecovery(directory.afterKill(), afterPowerLoss, RECOVERY_CRASHES_MAX);
            }
        });
    }

    private List<SortedMap<String, String>> allowed(int least) {
        List<SortedMap<String, String>> history = workload.history();
        return new ArrayList<>(new LinkedHashSet<>(history.subList(least, history.size())));
    }
}
