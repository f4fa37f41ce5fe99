package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.compaction.CommitKeeper;
import org.storedb.internal.compaction.CompactionService;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Readers with new and old states beside writers, compactions, and tables that come and go. Writers go on until readers
 * followed hints often enough; where they never do, the test ends by its timeout.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HintConcurrencyTests {

    private static final int TREE = 5;
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int KEYS_EACH = 200;
    private static final int COMMITS_EACH = 20_000;
    private static final int LEAST_FOLLOWED = 2_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SteppedTasks tasks = new SteppedTasks();
    private final Environment environment = TestEnvironments.stepped(1, tasks);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger followed = new AtomicInteger();
    private final AtomicInteger absent = new AtomicInteger();
    private LocalCommitPipeline pipeline;
    private CompactionService compaction;
    private HintService hints;

    @BeforeEach
    void open() throws IOException {
        Recovery recovery = Recovery.run(
                new MemoryDirectory(), environment, null, 64 << 10, state -> {}, (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        pipeline.indexWith(threads);
        compaction = new CompactionService(
                recovery.log(),
                pipeline,
                recovery.accounting(),
                environment,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                CommitKeeper.NONE);
        // The tree has more keys than that most of the time, but not always.
        hints = new HintService(pipeline, tasks::execute, new HintService.Limits(KEYS_EACH, 1 << 20));
        tasks.repeat(HintService.PAUSE, hints::startIfWorthwhile);
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        pipeline.close();
    }

    @Test
    void nobodyReadsWhatIsNotInTheState() throws Exception {
        List<Future<?>> writers = start(WRITERS, this::write);
        List<Future<?>> others = start(READERS, this::read);
        others.addAll(start(1, number -> maintain()));
        for (Future<?> writer : writers) {
            writer.get();
        }
        stopped.set(true);
        for (Future<?> other : others) {
            other.get();
        }
    }

    /** Whether readers met enough of what this is about. How fast that is is up to the scheduler. */
    private boolean readersSawEnough() {
        return followed.get() >= LEAST_FOLLOWED && absent.get() > 0;
    }

    /** Has its own keys, so that it knows what is under them. */
    private Void write(int writer) {
        Random random = new Random(writer);
        int[] model = new int[KEYS_EACH];
        for (int commit = 1; commit <= COMMITS_EACH || !readersSawEnough(); commit++) {
            int number = random.nextInt(KEYS_EACH);
            boolean deleted = random.nextInt(3) == 0 && commit / 2_000 % 2 == 0;
            byte[] key = key(writer, number);
            byte[] value =
                    deleted ? null : ByteBuffer.allocate(20).putInt(commit).array();
            CommitRequest request = new CommitRequest(
                    pipeline.state(),
                    List.of(new RecordWrite(TREE, key, value, 0, true)),
                    List.of(),
                    null,
                    List.of(),
                    Map.of(),
                    false);
            assertThat(pipeline.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
            model[number] = deleted ? 0 : commit;
            int other = random.nextBoolean() ? number : random.nextInt(KEYS_EACH);
            assertThat(number(new StateView(pipeline.state()).readValue(TREE, key(writer, other))))
                    .isEqualTo(model[other]);
        }
        return null;
    }

    private Void read(int reader) {
        Random random = new Random(100 + reader);
        List<StoreState> kept = new ArrayList<>(List.of(pipeline.state()));
        while (!stopped.get()) {
            StoreState state = random.nextInt(3) > 0 ? pipeline.state() : kept.get(random.nextInt(kept.size()));
            byte[] key = key(random.nextInt(WRITERS), random.nextInt(KEYS_EACH));
            StateView view = new StateView(state);
            RecordPointer hinted = state.hints().find(state.segments(), TREE, key);
            RecordPointer pointer = view.find(TREE, key);
            int expected = number(pointer == null ? null : view.readValue(key, pointer));
            assertThat(number(view.readValue(TREE, key))).isEqualTo(expected);
            if (StateHints.isNoRecord(hinted)) {
                assertThat(pointer).isNull();
                absent.incrementAndGet();
            } else if (hinted != null) {
                followed.incrementAndGet();
                assertThat(number(view.readValue(key, hinted))).isEqualTo(expected);
            }
            if (random.nextInt(100) == 0) {
                kept.add(pipeline.state());
                if (kept.size() > 10) {
                    kept.remove(random.nextInt(kept.size()));
                }
            }
        }
        return null;
    }

    private Void maintain() throws IOException {
        for (int round = 0; !stopped.get(); round++) {
            if (round % 8 == 0) {
                pipeline.whileNoCommit(() -> {
                    pipeline.hints().clear();
                    return true;
                });
            }
            if (round % 2 == 0) {
                pipeline.rollLog();
                CompletableFuture<CompactionResult> run = compaction.start();
                tasks.runWaiting();
                run.join();
            }
            tasks.runRepeated();
            tasks.runWaiting();
        }
        return null;
    }

    private List<Future<?>> start(int count, NumberedWork work) {
        List<Future<?>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Callable<Void> call = () -> work.run(number);
            started.add(threads.submit(call));
        }
        return started;
    }

    private static byte[] key(int writer, int number) {
        return ByteBuffer.allocate(8 + number % 5).putInt(writer).putInt(number).array();
    }

    /** The number of the commit that wrote a value, or 0. */
    private static int number(byte @Nullable [] value) {
        return value == null ? 0 : ByteBuffer.wrap(value).getInt();
    }

    @FunctionalInterface
    private interface NumberedWork {
        Void run(int number) throws Exception;
    }
}
