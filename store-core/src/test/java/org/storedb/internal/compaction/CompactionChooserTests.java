package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class CompactionChooserTests {

    private static final int TREE = 5;
    private static final int KEYS = 400;
    private static final double DEAD_RATIO = 0.5;

    private int asked;
    private Set<Integer> kept = Set.of();

    /** To be asked brings all trees up to date, and an application that only puts should not wait for that. */
    @Test
    void followersAreAskedOnlyWhenThereIsSomethingToCompact() throws IOException {
        Recovery recovery = Recovery.run(
                new MemoryDirectory(),
                TestEnvironments.stepped(1, new SteppedTasks()),
                null,
                64 << 10,
                state -> {},
                (phase, done, total) -> {});
        LocalCommitPipeline pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        CompactionChooser chooser =
                new CompactionChooser(recovery.log(), recovery.accounting(), Long.MAX_VALUE, new Followers());

        putAll(pipeline);
        assertThat(recovery.log().segments().all()).hasSizeGreaterThan(4);
        assertThat(chooser.automatic(DEAD_RATIO)).isEmpty();
        assertThat(asked).as("with nothing dead").isZero();

        putAll(pipeline);
        assertThat(chooser.automatic(DEAD_RATIO)).hasSizeGreaterThan(2);
        assertThat(asked).as("with all of the first segments dead").isPositive();

        kept = Set.of(chooser.automatic(DEAD_RATIO).get(0).id());
        assertThat(chooser.automatic(DEAD_RATIO))
                .as("without the one that a follower needs")
                .isNotEmpty()
                .noneMatch(segment -> kept.contains(segment.id()));
        pipeline.close();
    }

    private static void putAll(LocalCommitPipeline pipeline) {
        for (int i = 0; i < KEYS; i++) {
            RecordWrite put = new RecordWrite(TREE, ("key " + i).getBytes(UTF_8), new byte[1000], 0, true);
            CommitRequest request =
                    new CommitRequest(pipeline.state(), List.of(put), List.of(), null, List.of(), Map.of(), false);
            assertThat(pipeline.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
        }
        pipeline.state();
    }

    private final class Followers implements CommitKeeper {

        @Override
        public Set<Integer> keptSegments() {
            asked++;
            return kept;
        }

        @Override
        public boolean isFollowed(int treeId) {
            return true;
        }
    }
}
