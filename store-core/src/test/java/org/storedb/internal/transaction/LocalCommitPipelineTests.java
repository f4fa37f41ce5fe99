package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.TestLogs;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.QuotaDirectory;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalCommitPipelineTests {

    private static final int TREE = 1;
    private static final int INDEX = 2;
    private static final int GROUP_MAX = 1024;

    private boolean syncFails;
    private boolean createBreaks;
    private int syncs;
    private final SegmentedLog log = TestLogs.open(new InterceptedDirectory(new MemoryDirectory(), new FailingSync()));

    @Test
    void commitAfterTheEndIsRefused() throws IOException {
        LocalCommitPipeline pipeline = pipeline(log, CommitLimits.NONE);
        pipeline.close();

        assertThatExceptionOfType(StoreClosedException.class)
                .isThrownBy(() -> pipeline.commit(put(pipeline, "key")))
                .withMessageContaining("closed before the commit");
    }

    @Test
    void commitOfNothingButAnIndexTakesItsPlaceInTheOrder() {
        LocalCommitPipeline pipeline = pipeline(log, CommitLimits.NONE);
        TreeEditor<Presence> editor = CountedTree.empty(Presence.LAYOUT).edit();
        editor.put(bytes("entry"), Presence.PRESENT);
        CommitRequest request = new CommitRequest(
                pipeline.state(), List.of(), List.of(), null, List.of(), Map.of(INDEX, editor.build()), true);

        assertThat(pipeline.commit(request)).isEqualTo(new CommitOutcome.Committed(1));
        assertThat(pipeline.state().indexes().get(INDEX).contains(bytes("entry")))
                .isTrue();
    }

    @Test
    void commitOfNothingIsDoneAtOnce() {
        LocalCommitPipeline pipeline = pipeline(log, new CommitLimits(0, 4 * TestLogs.SEGMENT_BYTES));
        CommitRequest request =
                new CommitRequest(pipeline.state(), List.of(), List.of(), null, List.of(), Map.of(), true);

        assertThat(pipeline.commit(request)).isEqualTo(new CommitOutcome.Committed(0));
        assertThat(syncs).isLessThanOrEqualTo(3); // Those of the creation.
    }

    @Test
    void failedSyncDoesNotChangeWhatWasRefusedBefore() throws Exception {
        LocalCommitPipeline pipeline = pipeline(log, new CommitLimits(1, Long.MAX_VALUE));
        List<FutureTask<CommitOutcome>> commits = new ArrayList<>();
        pipeline.whileNoCommit(() -> {
            syncFails = true;
            for (int i = 0; i < 2; i++) {
                String key = "key" + i;
                commits.add(startAndAwaitQueued(() -> pipeline.commit(put(pipeline, key))));
            }
            return true;
        });

        assertThat(failureOf(commits.get(0))).isInstanceOf(CommitOutcomeUnknownException.class);
        assertThat(failureOf(commits.get(1))).isInstanceOf(StoreFullException.class);
        assertThat(log.failure()).hasMessageContaining("planned");
        assertThat(pipeline.state().entries()).isZero();
    }

    /** What a roll-over has collected or written by then must not come before the next commit. */
    @Test
    void errorInARollOverEndsWriting() {
        LocalCommitPipeline pipeline = pipeline(log, CommitLimits.NONE);
        pipeline.commit(put(pipeline, "key"));
        createBreaks = true;
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(pipeline::rollLog);
        createBreaks = false;

        assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> pipeline.commit(put(pipeline, "later")));
    }

    @Test
    void moreCommitsThanAGroupTakesAreAllDone() throws Exception {
        LocalCommitPipeline pipeline = pipeline(log, CommitLimits.NONE);
        List<FutureTask<CommitOutcome>> commits = new ArrayList<>();
        int before = syncs;
        pipeline.whileNoCommit(() -> {
            for (int i = 0; i < GROUP_MAX + 3; i++) {
                String key = "key" + i;
                commits.add(startAndAwaitQueued(() -> pipeline.commit(put(pipeline, key))));
            }
            return true;
        });
        for (FutureTask<CommitOutcome> commit : commits) {
            assertThat(commit.get()).isInstanceOf(CommitOutcome.Committed.class);
        }

        assertThat(pipeline.state().entries()).isEqualTo(GROUP_MAX + 3);
        assertThat(syncs - before).isLessThan(100);
    }

    @Test
    void deleteOnAFullDiskNeedsSpaceForItsFrameOnly() throws IOException {
        QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), 1 << 20);
        SegmentedLog small = TestLogs.open(disk);
        LocalCommitPipeline pipeline = pipeline(small, CommitLimits.NONE);
        small.space().reserve();
        pipeline.commit(put(pipeline, "key"));
        disk.setBytesMax(disk.usedBytes());
        assertThatExceptionOfType(StoreFullException.class).isThrownBy(() -> {
            for (int i = 0; i < 1000; i++) {
                pipeline.commit(put(pipeline, "more" + i));
            }
        });

        assertThat(pipeline.commit(delete(pipeline, "key"))).isInstanceOf(CommitOutcome.Committed.class);
        disk.setBytesMax(0);
        assertThatExceptionOfType(StoreFullException.class)
                .isThrownBy(() -> pipeline.commit(delete(pipeline, "more0")));
    }

    @Test
    void valueThatCannotBeDecompressedIsDamage() throws IOException {
        FrameBody body = FrameBody.ofCommit();
        body.put(TREE, bytes("key"), RecordFormat.Content.of(0, 1, new byte[] {100, 1, 2, 3}));
        int segment = log.append(1, body);
        log.flush();
        RecordPointer pointer = new RecordPointer(segment, body.recordOffset(0), body.recordBytes(0), 1);

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> RecordReader.read(log.segments(), bytes("key"), pointer))
                .withMessageContaining("cannot be decompressed");
        assertThat(RecordReader.readVerified(log.segments(), bytes("key"), pointer)
                        .codec())
                .isEqualTo(1);
    }

    @Test
    void transactionThatTookEverythingBackAsksForNothing() {
        StoreState state = StoreState.empty(log.segments());
        ActiveTransaction transaction = new ActiveTransaction(state, false, 1000);
        ActiveTransaction.Mark start = transaction.mark();
        transaction.put(TREE, bytes("key"), new byte[1], 0, false);
        assertThat(transaction.toRequest(true).writes()).hasSize(1);
        transaction.rollbackTo(start);

        assertThat(transaction.hasWrites()).isFalse();
        assertThat(transaction.toRequest(true).writes()).isEmpty();
        assertThat(transaction.find(TREE, bytes("key"))).isNull();
    }

    private static LocalCommitPipeline pipeline(SegmentedLog log, CommitLimits limits) {
        return new LocalCommitPipeline(
                log, StoreState.empty(log.segments()), new SpaceAccounting(), limits, ValueCompression.NONE);
    }

    private static CommitRequest put(LocalCommitPipeline pipeline, String key) {
        return request(pipeline, new RecordWrite(TREE, bytes(key), new byte[100], 0, false));
    }

    private static CommitRequest delete(LocalCommitPipeline pipeline, String key) {
        return request(pipeline, new RecordWrite(TREE, bytes(key), null, 0, false));
    }

    private static CommitRequest request(LocalCommitPipeline pipeline, RecordWrite write) {
        return new CommitRequest(pipeline.state(), List.of(write), List.of(), null, List.of(), Map.of(), true);
    }

    /** Runs something in a thread of its own, and returns when that waits. */
    private static FutureTask<CommitOutcome> startAndAwaitQueued(Callable<CommitOutcome> commit) {
        FutureTask<CommitOutcome> task = new FutureTask<>(commit);
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    private static Throwable failureOf(FutureTask<CommitOutcome> commit) throws InterruptedException {
        try {
            throw new AssertionError("It was done: " + commit.get());
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private final class FailingSync implements IoInterceptor {

        @Override
        public void before(IoOperation operation) throws IOException {
            if (operation.kind() == IoOperation.Kind.CREATE && createBreaks) {
                throw new OutOfMemoryError("planned");
            }
            if (operation.kind() == IoOperation.Kind.SYNC) {
                syncs++;
                if (syncFails) {
                    throw new IOException("planned");
                }
            }
        }
    }
}
