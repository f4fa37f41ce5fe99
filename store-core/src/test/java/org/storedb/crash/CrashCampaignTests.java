package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;

/** Power losses and kills at every moment of random workloads; see {@link CampaignSize}. */
class CrashCampaignTests {

    private static final int STEPS = 25;
    private static final int IMAGES_AT_EACH_MOMENT = 8;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void everyCrashLeavesAPrefixOfTheCommits(long firstSeed) {
        CrashFigures figures = new CrashFigures();
        int runs = CampaignSize.of(12);
        for (int i = 0; i < runs; i++) {
            Durability durability = List.of(Durability.values()).get(i % Durability.values().length);
            CrashRun run = new CrashRun(firstSeed + i, durability, IMAGES_AT_EACH_MOMENT, UnaryOperator.identity());
            run.run(STEPS);
            figures.add(run.oracle());
        }
        figures.report("Random workloads", runs, firstSeed);
        assertThat(figures.images()).isGreaterThan(600L * runs);
        assertThat(figures.nestedImages()).isGreaterThan(500L * runs);
    }
}
