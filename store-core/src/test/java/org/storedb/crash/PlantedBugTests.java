package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Durability;
import org.storedb.testing.IoFaults.Fault;

/** The campaigns have teeth: each bug that is planted must be caught by the one that is made for it. */
class PlantedBugTests {

    private static final int RUNS_MAX = 20;
    private static final int STEPS = 25;

    @ParameterizedTest
    @EnumSource
    void plantedBugIsCaught(PlantedBug bug) {
        Throwable caught = switch (bug.campaign()) {
            case CRASH -> firstCrashFailure(bug);
            case FAULTS -> firstFaultFailure(bug);
        };
        assertThat(caught).as("what caught " + bug).isNotNull();
    }

    private static @Nullable Throwable firstCrashFailure(PlantedBug bug) {
        for (int i = 0; i < RUNS_MAX; i++) {
            try {
                new CrashRun(CampaignSize.firstSeed() + i, Durability.ALWAYS, 6, bug.disk()).run(STEPS);
            } catch (RuntimeException | Error e) {
                CampaignSize.report("%s is caught in run %d: %.200s", bug, i + 1, e);
                return e;
            }
        }
        return null;
    }

    private static @Nullable Throwable firstFaultFailure(PlantedBug bug) {
        for (Fault fault : Fault.values()) {
            boolean fired = true;
            for (int operation = 0; fired; operation++) {
                try {
                    fired = new IoFaultRun(
                                    CampaignSize.firstSeed(), Durability.ALWAYS, fault, operation, false, bug.disk())
                            .run(IoFaultSweepTests.SCRIPT);
                } catch (RuntimeException | Error e) {
                    CampaignSize.report("%s is caught at operation %d: %.200s", bug, operation, e);
                    return e;
                }
            }
        }
        return null;
    }
}
