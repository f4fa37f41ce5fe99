package org.storedb.crash;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;

/** What a reader sees of a store while another one writes, interleaved at operations of the file system. */
class FollowerCampaignTests {

    private static final int STEPS = 60;

    @Test
    void whatIsSeenIsAlwaysTheContentsAfterSomeCommit() {
        long start = System.nanoTime();
        int runs = CampaignSize.of(60);
        long looks = 0;
        long kills = 0;
        long steps = 0;
        for (int i = 0; i < runs; i++) {
            Durability durability = List.of(Durability.values()).get(i % Durability.values().length);
            FollowerRun run = new FollowerRun(CampaignSize.firstSeed() + i, durability, 2 + i % 12);
            run.run(STEPS);
            looks += run.looks();
            kills += run.kills();
            steps += run.stepsWhileLooking();
        }
        CampaignSize.report(
                "Follower: %d runs from seed %d, %,d looks, %,d of the writer's steps in the middle of a look, %,d kills,"
                        + " %.1f s",
                runs, CampaignSize.firstSeed(), looks, steps, kills, (System.nanoTime() - start) / 1e9);
    }
}
