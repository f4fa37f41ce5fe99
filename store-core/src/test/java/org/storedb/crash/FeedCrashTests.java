package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.Durability;

/** Power losses and kills at every moment while somebody consumes changes; see {@link CampaignSize}. */
class FeedCrashTests {

    private static final int STEPS = 30;
    private static final int IMAGES_AT_EACH_MOMENT = 3;

    @ParameterizedTest
    @MethodSource("org.storedb.crash.CampaignSize#seeds")
    void aConsumerMissesNothingAndRepeatsNothingThatItHadConfirmed(long firstSeed) {
        long start = System.nanoTime();
        int runs = CampaignSize.of(6);
        long images = 0;
        long losses = 0;
        for (int i = 0; i < runs; i++) {
            Durability durability = List.of(Durability.values()).get(i % Durability.values().length);
            FeedCrashRun run = new FeedCrashRun(firstSeed + i, durability, IMAGES_AT_EACH_MOMENT);
            try {
                run.run(STEPS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed " + (firstSeed + i) + ", " + durability + ": " + e.getMessage(), e);
            }
            images += run.images();
            losses += run.losses();
        }
        CampaignSize.report(
                "Consumers of changes: %d runs from seed %d, %,d images, %d times lost, %.1f s",
                runs, firstSeed, images, losses, CampaignSize.secondsSince(start));
        assertThat(images).isGreaterThan(300L * runs);
        assertThat(losses).isPositive();
    }
}
