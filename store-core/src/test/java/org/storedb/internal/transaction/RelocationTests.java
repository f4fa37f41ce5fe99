package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Compaction points keys to their copies in many steps, one right after the other. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelocationTests {

    private static final int ROUNDS = 100;
    private static final int TREE = 5;

    private LocalCommitPipeline pipeline;
    private Recovery recovery;

    @BeforeEach
    void open() throws IOException {
        recovery = Recovery.run(
                new MemoryDirectory(),
                TestEnvironments.stepped(1, new SteppedTasks()),
                null,
                1 << 20,
                state -> {},
                (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
    }

    @AfterEach
    void close() throws IOException {
        pipeline.close();
    }

    @Test
    void commitWaitsForOneStepOnly() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] key = ("key" + round).getBytes(UTF_8);
            AtomicReference<Thread> committer = new AtomicReference<>();
            CompletableFuture<CommitOutcome> commit = new CompletableFuture<>();
            pipeline.relocate(target -> {
                Thread thread = new Thread(() -> commit.complete(pipeline.commit(put(key))));
                committer.set(thread);
                thread.start();
                awaitWaiting(thread);
            });
            pipeline.relocate(
                    target -> assertThat(pipeline.state().records().get(TREE).contains(key))
                            .as("commit that began in the step before")
                            .isTrue());
            assertThat(commit.join()).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    private CommitRequest put(byte[] key) {
        RecordWrite write = new RecordWrite(TREE, key, new byte[10], 0, true);
        return new CommitRequest(pipeline.state(), List.of(write), List.of(), null, List.of(), Map.of(), false);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
