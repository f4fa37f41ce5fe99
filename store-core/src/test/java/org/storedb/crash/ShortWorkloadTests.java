package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;

/**
 * Power losses and kills at every moment of every workload of one and of two steps, at night of three: most bugs of this
 * kind need no more. As long as six changes or fewer are not durable, every subset of them is tried.
 */
class ShortWorkloadTests {

    private static final int STEPS = 2;
    private static final int STEPS_AT_NIGHT = 3;
    private static final int IMAGES_AT_EACH_MOMENT = 32;
    private static final int IMAGES_AT_EACH_MOMENT_AT_NIGHT = 16;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void everyShortWorkloadSurvivesEveryCrash(long seed) {
        CrashFigures figures = new CrashFigures();
        List<List<Step>> workloads = workloads(CampaignSize.isNightly() ? STEPS_AT_NIGHT : STEPS);
        int imagesMost = CampaignSize.isNightly() ? IMAGES_AT_EACH_MOMENT_AT_NIGHT : IMAGES_AT_EACH_MOMENT;
        for (List<Step> steps : workloads) {
            for (Durability durability : List.of(Durability.ALWAYS, Durability.OS)) {
                CrashRun run = new CrashRun(seed, durability, imagesMost, UnaryOperator.identity());
                run.run(steps);
                figures.add(run.oracle());
            }
        }
        figures.report("Short workloads", 2 * workloads.size(), seed);
        assertThat(figures.images()).isGreaterThan(100L * workloads.size());
    }

    private static List<List<Step>> workloads(int stepsMost) {
        List<List<Step>> all = new ArrayList<>();
        List<List<Step>> longest = List.of(List.of());
        for (int steps = 1; steps <= stepsMost; steps++) {
            List<List<Step>> longer = new ArrayList<>();
            for (List<Step> workload : longest) {
                for (Step next : Step.values()) {
                    List<Step> extended = new ArrayList<>(workload);
                    extended.add(next);
                    longer.add(extended);
                }
            }
            all.addAll(longer);
            longest = longer;
        }
        return all;
    }
}
