package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Compaction points keys to their copies in many steps, beside commits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelocationTests {

    private static final int TREE = 5;
    private static final int COPIES = 1_000_000; // A segment that no put is in.
    private static final int KEYS = 100;
    private static final int COMMITS = 20_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private LocalCommitPipeline pipeline;
    private Recovery recovery;

    @BeforeEach
    void open() throws IOException {
        recovery = Recovery.run(
                new MemoryDirectory(),
                TestEnvironments.stepped(1, new SteppedTasks()),
                null,
                16 << 20,
                state -> {},
                (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        pipeline.close();
    }

    @Test
    void recentPutsAreNotWaitedFor() {
        commit(put("a"));
        pipeline.state();
        commit(put("b"));
        pipeline.relocate(List.of(copy("a", 1)));

        StoreState state = pipeline.indexedState();
        assertThat(pointer(state, "a").segment()).isEqualTo(COPIES);
        assertThat(state.sequence()).isEqualTo(1);
        assertThat(pipeline.findRecent(TREE, bytes("b"))).isNotNull();
        assertThat(pipeline.state().sequence()).isEqualTo(2);
        assertThat(pointer(pipeline.state(), "a").segment()).isEqualTo(COPIES);
        assertThat(pointer(pipeline.state(), "b").sequence()).isEqualTo(2);
    }

    @Test
    void copyIsDeadWhenItsKeyHasAnotherRecord() {
        commit(put("a"));
        commit(put("b"));
        pipeline.state();
        commit(put("a"));
        pipeline.relocate(List.of(copy("a", 1)));
        assertThat(recovery.accounting().liveBytesOfSegment(COPIES)).isPositive();
        assertThat(pointer(pipeline.state(), "a").sequence()).isEqualTo(3);
        assertThat(recovery.accounting().liveBytesOfSegment(COPIES)).isZero();

        commit(put("b"));
        pipeline.state();
        pipeline.relocate(List.of(copy("b", 2)));
        assertThat(pointer(pipeline.state(), "b").sequence()).isEqualTo(4);
        assertThat(recovery.accounting().liveBytesOfSegment(COPIES)).isZero();
    }

    /** Some thread has announced relocations, and a commit comes before it can make a state of them. */
    @Test
    void stateThatIsMadeMeanwhileHasWhatWasAnnounced() {
        commit(put("a"));
        StoreState before = pipeline.state();
        LatestState latest = new LatestState(before, recovery.accounting(), failure -> {});
        latest.announce(new Relocations(List.of(copy("a", 1)), before.segments()));
        assertThat(latest.indexed()).isSameAs(before);

        StoreState next = latest.index();
        assertThat(pointer(next, "a").segment()).isEqualTo(COPIES);
        assertThat(pointer(before, "a").segment()).isNotEqualTo(COPIES);
        latest.relocate();
        assertThat(latest.indexed()).isSameAs(next);
    }

    @Test
    void whatIsAnnouncedWhileAStateIsMadeIsNotLost() throws Exception {
        commit(put("a"));
        StoreState before = pipeline.state();
        LatestState latest = new LatestState(before, recovery.accounting(), failure -> {});
        RecordPointer pointer = new RecordPointer(1, 1000, 10, 2);
        latest.add(List.of(new RecentPut(TREE, bytes("b"), pointer, before.segments(), 2000)));
        Thread indexing = new Thread(latest::index);
        synchronized (recovery.accounting()) { // It is told of the puts in the middle.
            indexing.start();
            while (indexing.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            latest.announce(new Relocations(List.of(copy("a", 1)), before.segments()));
        }
        indexing.join();
        assertThat(pointer(latest.indexed(), "b")).isEqualTo(pointer);
        assertThat(pointer(latest.indexed(), "a").segment()).isNotEqualTo(COPIES);

        latest.relocate();
        assertThat(pointer(latest.indexed(), "a").segment()).isEqualTo(COPIES);
        assertThat(latest.indexed().sequence()).isEqualTo(2);
    }

    @Test
    void nothingIsLostBesideCommitsOfAllKinds() throws Exception {
        AtomicBoolean committing = new AtomicBoolean(true);
        CompletableFuture<Integer> relocated = CompletableFuture.supplyAsync(() -> relocateWhile(committing), threads);
        CompletableFuture<Void> indexed = CompletableFuture.runAsync(() -> indexWhile(committing), threads);
        Random random = new Random(1);
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < COMMITS; i++) {
            String key = "key" + random.nextInt(KEYS);
            RecordWrite write = random.nextInt(10) == 0 ? new RecordWrite(TREE, bytes(key), null, 0, true) : put(key);
            CommitOutcome.Committed committed = (CommitOutcome.Committed) commit(write);
            expected.put(key, write.value() == null ? 0 : committed.sequence());
        }
        committing.set(false);
        indexed.get();
        assertThat(relocated.get()).as("keys that were pointed to copies").isPositive();
        StoreState state = pipeline.state();
        expected.forEach((key, sequence) -> {
            RecordPointer pointer = state.records().get(TREE).get(bytes(key));
            assertThat(pointer == null ? 0 : pointer.sequence()).isEqualTo(sequence);
        });
    }

    private void indexWhile(AtomicBoolean committing) {
        while (committing.get()) {
            assertThat(pipeline.state().sequence()).isNotNegative();
        }
    }

    private int relocateWhile(AtomicBoolean committing) {
        int copies = 0;
        while (committing.get() || copies == 0) {
            StoreState state = pipeline.indexedState();
            List<Relocation> relocations = new ArrayList<>();
            for (int i = 0; i < KEYS; i += 7) {
                RecordPointer pointer = state.records().get(TREE).get(bytes("key" + i));
                if (pointer != null) {
                    relocations.add(copy("key" + i, pointer.sequence()));
                }
            }
            pipeline.relocate(relocations);
            StoreState after = pipeline.indexedState();
            for (Relocation relocation : relocations) {
                RecordPointer pointer = after.records().get(TREE).get(relocation.key());
                boolean moved = pointer != null && pointer.segment() == COPIES;
                copies += moved ? 1 : 0;
                assertThat(moved
                                || pointer == null
                                || pointer.sequence() != relocation.copy().sequence())
                        .as("key with the record that was copied is pointed to the copy")
                        .isTrue();
            }
        }
        return copies;
    }

    private static RecordPointer pointer(StoreState state, String key) {
        return Objects.requireNonNull(state.records().get(TREE).get(bytes(key)));
    }

    private static Relocation copy(String key, long sequence) {
        return new Relocation(TREE, bytes(key), new RecordPointer(COPIES, 1000, 10, sequence));
    }

    private static RecordWrite put(String key) {
        return new RecordWrite(TREE, bytes(key), new byte[10], 0, true);
    }

    private CommitOutcome commit(RecordWrite write) {
        return pipeline.commit(new CommitRequest(
                pipeline.indexedState(), List.of(write), List.of(), null, List.of(), Map.of(), false));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
