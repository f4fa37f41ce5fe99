package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class CandidateTests {

    private static final int TREE = 5;

    /** A sort whose figures change in the middle of it fails, and the compaction with it. */
    @Test
    void figuresStayThoseOfTheMomentWhileCommitsGoOn() throws IOException {
        Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
        Recovery recovery = Recovery.run(
                new MemoryDirectory(), environment, null, 64 << 10, state -> {}, (phase, done, total) -> {});
        LocalCommitPipeline pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        Candidate before = only(recovery);
        int bytes = before.bytes();
        long oldestPut = before.oldestPut();
        double gainRatio = before.gainRatio();

        RecordWrite put = new RecordWrite(TREE, "a".getBytes(UTF_8), new byte[1000], 0, true);
        CommitRequest request =
                new CommitRequest(pipeline.state(), List.of(put), List.of(), null, List.of(), Map.of(), false);
        assertThat(pipeline.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
        pipeline.state();

        assertThat(before.bytes()).isEqualTo(bytes);
        assertThat(before.oldestPut()).isEqualTo(oldestPut);
        assertThat(before.gainRatio()).isEqualTo(gainRatio);
        Candidate after = only(recovery);
        assertThat(after.bytes()).isGreaterThan(bytes + 1000);
        assertThat(Candidate.OLDEST_FIRST.compare(after, before))
                .as("it has got its first record")
                .isNotZero();
        pipeline.close();
    }

    private static Candidate only(Recovery recovery) {
        List<Candidate> all = Candidate.of(recovery.log().segments().all(), recovery.accounting());
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
