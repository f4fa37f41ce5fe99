package org.storedb.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;

/** Power losses and kills at every moment of random and of all short workloads; see {@link CampaignSize}. */
class CrashCampaignTests {

    private static final int STEPS = 25;

    private long images;
    private long recoveries;
    private long nestedImages;

    @Test
    void everyCrashLeavesAPrefixOfTheCommits() {
        long start = System.nanoTime();
        int runs = CampaignSize.of(9);
        for (int i = 0; i < runs; i++) {
            long seed = CampaignSize.firstSeed() + i;
            Durability durability = List.of(Durability.values()).get(i % Durability.values().length);
            CrashRun run = new CrashRun(seed, durability, 6, UnaryOperator.identity());
            run.run(STEPS);
            count(run);
        }
        report("Random workloads", runs, start);
    }

    @Test
    void everyShortWorkloadSurvivesEveryCrash() {
        long start = System.nanoTime();
        List<List<Step>> workloads = new ArrayList<>();
        for (Step first : Step.values()) {
            workloads.add(List.of(first));
            for (Step second : Step.values()) {
                workloads.add(List.of(first, second));
            }
        }
        List<Durability> durabilities =
                CampaignSize.of(1) > 1 ? List.of(Durability.ALWAYS, Durability.OS) : List.of(Durability.ALWAYS);
        for (List<Step> steps : workloads) {
            for (Durability durability : durabilities) {
                CrashRun run = new CrashRun(CampaignSize.firstSeed(), durability, 8, UnaryOperator.identity());
                run.run(steps);
                count(run);
            }
        }
        report("Short workloads", durabilities.size() * workloads.size(), start);
    }

    private void count(CrashRun run) {
        images += run.oracle().images();
        recoveries += run.oracle().recoveries();
        nestedImages += run.oracle().nestedImages();
    }

    private void report(String name, int runs, long startNanos) {
        CampaignSize.report(
                "%s: %d runs from seed %d, %,d images, %,d recoveries, %,d crashes in recovery, %.1f s",
                name,
                runs,
                CampaignSize.firstSeed(),
                images,
                recoveries,
                nestedImages,
                (System.nanoTime() - startNanos) / 1e9);
    }
}
