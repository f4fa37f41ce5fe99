package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The campaigns have teeth: each bug that is planted must be caught by the one that is made for it. */
class PlantedBugTests {

    private static final int BUGS_LEAST = 25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void bugBeforeTheDiskIsCaught(PlantedBug bug) {
        requireCaught(bug, bug.campaign(), BugHunt.hunt(bug.campaign(), bug.disk()));
    }

    @ParameterizedTest
    @EnumSource
    void bugInTheEngineIsCaught(EngineBug bug) throws Exception {
        requireCaught(bug, bug.campaign(), MutatedEngine.hunt(bug, folder));
    }

    @Test
    void thereAreEnough() {
        assertThat(PlantedBug.values().length + EngineBug.values().length).isGreaterThanOrEqualTo(BUGS_LEAST);
    }

    private static void requireCaught(Enum<?> bug, Campaign campaign, @Nullable String found) {
        if (found == null) {
            throw new AssertionError(bug + " was not caught by " + campaign);
        }
        CampaignSize.report("%s is caught by %s, %.160s", bug, campaign, found.replace('\n', ' '));
    }
}
