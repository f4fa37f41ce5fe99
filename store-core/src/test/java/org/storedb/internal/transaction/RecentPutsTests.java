package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.StoreFailedException;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.recovery.Recovery;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class RecentPutsTests {

    private static final int TREE = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SteppedTasks tasks = new SteppedTasks();
    private final Environment environment = TestEnvironments.stepped(1, tasks);
    private Recovery recovery;
    private LocalCommitPipeline pipeline;

    @BeforeEach
    void open() throws IOException {
        recovery = Recovery.run(
                new MemoryDirectory(), environment, null, 4 << 20, state -> {}, (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        pipeline.indexWith(tasks::deliver);
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        pipeline.close();
    }

    @Test
    void putIsSeenBeforeItIsInATree() {
        StoreState before = pipeline.state();
        put("a", "1");
        put("a", "2");
        put("b", "3");
        assertThat(pipeline.indexedState()).isSameAs(before);
        assertThat(get("a")).isEqualTo("2");
        assertThat(get("b")).isEqualTo("3");
        assertThat(get("c")).isNull();
        assertThat(pipeline.findRecent(TREE + 1, bytes("a"))).isNull();
        assertThat(before.records().get(TREE).isEmpty()).isTrue();
    }

    @Test
    void stateHasAllPutsBeforeIt() {
        put("a", "1");
        put("b", "2");
        put("a", "3");
        StoreState state = pipeline.state();
        assertThat(state.sequence()).isEqualTo(3);
        assertThat(state.entries()).isEqualTo(2);
        assertThat(new StateView(state).readValue(TREE, bytes("a"))).isEqualTo(bytes("3"));
        assertThat(pipeline.indexedState()).isSameAs(state).isSameAs(pipeline.state());
        assertThat(pipeline.findRecent(TREE, bytes("a"))).isNull();
        assertThat(get("a")).isEqualTo("3");
    }

    @Test
    void spaceOfPutsThatOthersReplacedBeforeTheyWereInATreeIsDead() {
        put("a", "1");
        pipeline.state();
        long one = recovery.accounting().liveBytesOfTree(TREE);
        for (int i = 0; i < 100; i++) {
            put("a", "2");
            put("b", "3");
        }
        pipeline.state();
        assertThat(recovery.accounting().liveBytesOfTree(TREE)).isEqualTo(2 * one);
        assertThat(recovery.accounting().totalBytesOfTree(TREE)).isEqualTo(201 * one);
    }

    @Test
    void stateStaysAsItWasWhenPutsFollow() {
        put("a", "1");
        StoreState state = pipeline.state();
        put("a", "2");
        put("b", "2");
        pipeline.state();
        assertThat(new StateView(state).readValue(TREE, bytes("a"))).isEqualTo(bytes("1"));
        assertThat(new StateView(state).readValue(TREE, bytes("b"))).isNull();
    }

    @Test
    void whatCannotBeDeferredSeesWhatWas() {
        put("a", "1");
        StoreState base = pipeline.state();
        put("a", "2");
        RecordWrite seeing = new RecordWrite(TREE, bytes("a"), bytes("3"), 0, false);
        assertThat(pipeline.commit(request(base, seeing))).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(get("a")).isEqualTo("2");
        assertThat(pipeline.commit(request(pipeline.state(), seeing))).isEqualTo(new CommitOutcome.Committed(3));
        assertThat(get("a")).isEqualTo("3");
        put("a", "4");
        commit(new RecordWrite(TREE, bytes("a"), null, 0, true));
        assertThat(get("a")).isNull();
        assertThat(pipeline.indexedState().sequence()).isEqualTo(5);
    }

    @Test
    void onlyPutsThatNothingDependsOnAreDeferred() {
        RecordWrite put = new RecordWrite(TREE, bytes("a"), bytes("1"), 0, true);
        StoreState state = pipeline.state();
        assertThat(PutPart.accepts(request(state, put), state)).isTrue();
        assertThat(PutPart.accepts(request(state), state)).isFalse();
        assertThat(PutPart.accepts(request(state, put, new RecordWrite(TREE, bytes("b"), null, 0, true)), state))
                .isFalse();
        assertThat(PutPart.accepts(request(state, new RecordWrite(TREE, bytes("a"), bytes("1"), 0, false)), state))
                .isFalse();
        assertThat(PutPart.accepts(
                        new CommitRequest(state, List.of(put), List.of(), null, List.of(), Map.of(), true), state))
                .isFalse();
        assertThat(PutPart.accepts(
                        new CommitRequest(state, List.of(put), List.of(), new ReadSet(), List.of(), Map.of(), false),
                        state))
                .isFalse();
        commit(new RecordWrite(
                TREE, bytes("soon"), bytes("1"), 0, true, new RecordExpiry(Long.MAX_VALUE / 2, 0), false, 0));
        assertThat(PutPart.accepts(request(state, put), pipeline.state())).isFalse();
    }

    @Test
    void nothingIsDeferredForAWhileAfterAReaderHadToWait() {
        put("a", "1");
        assertThat(pipeline.snapshot().sequence()).isEqualTo(1);
        for (int i = 2; i <= 40; i++) {
            put("a", "later");
            assertThat(pipeline.indexedState().sequence()).isEqualTo(i);
        }
        for (int i = 0; i < 100; i++) {
            put("a", "later");
        }
        assertThat(pipeline.indexedState().sequence()).isLessThan(140);
        assertThat(pipeline.snapshot().sequence()).isEqualTo(140);
    }

    @Test
    void manyPutsGoIntoTheTreesInTheBackground() {
        for (int i = 0; i < LatestState.WORTHWHILE; i++) {
            put("key" + i, "1");
        }
        assertThat(pipeline.indexedState().sequence()).isZero();
        tasks.runWaiting();
        assertThat(pipeline.indexedState().sequence()).isEqualTo(LatestState.WORTHWHILE);
        assertThat(pipeline.findRecent(TREE, bytes("key1"))).isNull();
        assertThat(get("key1")).isEqualTo("1");
    }

    @Test
    void wantOfAThreadForThatIsNoFailureOfTheCommitAndIsTriedAgain() {
        pipeline.indexWith(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        for (int i = 0; i < LatestState.WORTHWHILE; i++) {
            put("key" + i, "1");
        }
        assertThat(recovery.log().failure()).isNull();
        assertThat(pipeline.indexedState().sequence()).isZero();

        pipeline.indexWith(tasks::deliver);
        put("another", "1");
        tasks.runWaiting();
        assertThat(pipeline.indexedState().sequence()).isEqualTo(LatestState.WORTHWHILE + 1);
    }

    @Test
    void whoeverCommitsHelpsWhenTheBackgroundDoesNotKeepUp() {
        for (int i = 0; i < LatestState.PUTS_MAX; i++) {
            put("key" + i % 1_000, "" + i);
        }
        assertThat(pipeline.indexedState().sequence()).isBetween(1L, LatestState.PUTS_MAX - 1L);
        assertThat(pipeline.findRecent(TREE, bytes("key0"))).isNotNull();
        assertThat(get("key0")).isEqualTo("" + (LatestState.PUTS_MAX - 1) / 1_000 * 1_000);
    }

    @Test
    void whatIsPutIntoTheTreesAtATimeEndsWithAGroup() {
        StoreState state = pipeline.state();
        RecentPuts recent = new RecentPuts(16);
        for (int group = 1; group <= 3; group++) {
            List<RecentPut> puts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                RecordPointer pointer = new RecordPointer(1, group * 100 + i, 1, group * 10L + i);
                puts.add(new RecentPut(TREE, bytes("key" + i), pointer, state.segments(), group * 100 + 50));
            }
            recent.add(puts);
        }
        List<RecentPut> first = recent.notIndexed(11);
        assertThat(first).hasSize(20);
        recent.forget(first);
        assertThat(recent.size()).isEqualTo(10);
        assertThat(recent.find(TREE, bytes("key0")))
                .extracting(RecentPut::sequence)
                .isEqualTo(30L);
        assertThat(recent.notIndexed(1)).hasSize(10);
        recent.forget(recent.notIndexed(Integer.MAX_VALUE));
        assertThat(recent.isEmpty()).isTrue();
    }

    @Test
    void eachKeyHasItsNewestVisiblePutWhateverIsAddedAndIndexedMeanwhile() throws Exception {
        int keys = 40;
        int groups = 20_000;
        RecentPuts recent = new RecentPuts(256);
        SegmentTable segments = pipeline.state().segments();
        AtomicLong inTrees = new AtomicLong();
        CompletableFuture<Void> adding = CompletableFuture.runAsync(
                () -> {
                    for (int group = 1; group <= groups; group++) {
                        List<RecentPut> puts = new ArrayList<>();
                        for (int i = 0; i < keys; i++) {
                            puts.add(new RecentPut(
                                    TREE, bytes("key" + i), new RecordPointer(1, group, 1, group), segments, group));
                        }
                        while (recent.size() > 2_000) {
                            Thread.onSpinWait();
                        }
                        recent.add(puts);
                    }
                },
                threads);
        CompletableFuture<Void> indexing = CompletableFuture.runAsync(
                () -> {
                    while (inTrees.get() < groups) {
                        List<RecentPut> puts = recent.notIndexed(300);
                        if (!puts.isEmpty()) {
                            inTrees.set(puts.get(puts.size() - 1).sequence());
                            recent.forget(puts);
                        }
                    }
                },
                threads);
        Random random = new Random(3);
        long seen = 0;
        while (!indexing.isDone()) {
            RecentPut found = recent.find(TREE, bytes("key" + random.nextInt(keys)));
            long now = found == null ? inTrees.get() : found.sequence();
            assertThat(now).isGreaterThanOrEqualTo(seen);
            assertThat(recent.find(TREE, bytes("absent"))).isNull();
            seen = now;
        }
        adding.get();
        indexing.get();
        assertThat(seen).isPositive();
        assertThat(recent.isEmpty()).isTrue();
        assertThat(recent.find(TREE, bytes("key0"))).isNull();
    }

    @Test
    void putThatIsInATreeIsNotKept() throws Exception {
        RecentPuts recent = new RecentPuts(16);
        WeakReference<byte[]> key = addAndForget(recent);
        for (int i = 0; i < 100 && key.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(key.get()).isNull();
        assertThat(recent.sequence()).isZero();
    }

    private WeakReference<byte[]> addAndForget(RecentPuts recent) {
        byte[] key = bytes("key");
        recent.add(List.of(new RecentPut(
                TREE, key, new RecordPointer(1, 1, 1, 7), pipeline.state().segments(), 1)));
        assertThat(recent.sequence()).isEqualTo(7);
        recent.forget(recent.notIndexed(1));
        return new WeakReference<>(key);
    }

    @Test
    void spaceIsCountedAsIfEachPutHadGoneIntoTheTreesAtOnce() {
        for (int i = 0; i < 500; i++) {
            put("key" + i % 7, "x".repeat(i % 13));
        }
        pipeline.state();
        long live = recovery.accounting().liveBytesOfTree(TREE);
        long total = recovery.accounting().totalBytesOfTree(TREE);
        long expected = 0;
        StoreState state = pipeline.state();
        for (int i = 0; i < 7; i++) {
            RecordPointer pointer = Objects.requireNonNull(state.findStored(TREE, bytes("key" + i)));
            expected += pointer.length() + bytes("key" + i).length + 8;
        }
        assertThat(live).isEqualTo(expected);
        assertThat(total).isGreaterThan(live * 50);
    }

    @Test
    void failureToIndexStopsTheStoreAndLosesNothing() {
        put("a", "1");
        put("b", "2");
        LatestState broken = new LatestState(pipeline.indexedState(), recovery.accounting(), recovery.log()::fail);
        broken.add(List.of(new RecentPut(
                -1,
                bytes("a"),
                new RecordPointer(0, 0, 0, 1),
                pipeline.indexedState().segments(),
                0)));
        assertThatThrownBy(broken::get).isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThatThrownBy(() -> put("c", "3")).isInstanceOf(StoreFailedException.class);
        assertThat(get("a")).isEqualTo("1");
        assertThat(pipeline.state().sequence()).isEqualTo(2);
    }

    @Test
    void orderOfPutsIsThatOfTheirKeysAndKeepsThoseOfOneKeyInTheirs() {
        List<RecentPut> puts = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            RecordPointer pointer = new RecordPointer(1, i, 1, i + 1);
            puts.add(new RecentPut(
                    TREE,
                    bytes("prefix/" + i * 7919 % 1_000),
                    pointer,
                    pipeline.state().segments(),
                    0));
        }
        List<RecentPut> ordered = new ArrayList<>();
        List<RecentPut> superseded = new ArrayList<>();
        PutsByKey byKey = new PutsByKey(puts, new PutsByKey.Target() {
            @Override
            public void upcoming(List<RecentPut> next) {}

            @Override
            public void done(RecentPut put, @Nullable RecordPointer previous) {
                ordered.add(put);
            }

            @Override
            public void superseded(RecentPut put) {
                ordered.add(put);
                superseded.add(put);
            }
        });
        while (byKey.next()) {
            byKey.done(null);
        }
        assertThat(ordered).hasSameSizeAs(puts);
        assertThat(new HashSet<>(ordered)).isEqualTo(new HashSet<>(puts));
        assertThat(superseded).hasSize(69_000);
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            String key = new String(ordered.get(i).key(), UTF_8);
            Long before = last.put(key, ordered.get(i).sequence());
            assertThat(before == null || before < ordered.get(i).sequence()).isTrue();
            assertThat(i == 0 || key.compareTo(new String(ordered.get(i - 1).key(), UTF_8)) >= 0)
                    .isTrue();
        }
        assertThat(superseded).noneMatch(put -> Objects.equals(put.sequence(), last.get(new String(put.key(), UTF_8))));
    }

    @Test
    void putsOfSeveralTreesGoIntoTheirsWhateverTheirKeys() {
        Map<Integer, Map<String, String>> expected = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            int tree = TREE + random.nextInt(3);
            String key = "key" + random.nextInt(3_000);
            commit(new RecordWrite(tree, bytes(key), bytes("value" + i), 0, true));
            expected.computeIfAbsent(tree, id -> new HashMap<>()).put(key, "value" + i);
        }
        StoreState state = pipeline.state();
        assertThat(expected).hasSize(3);
        expected.forEach((tree, entries) -> {
            assertThat(state.records().get(tree).size()).isEqualTo(entries.size());
            entries.forEach((key, value) -> assertThat(get(tree, key)).isEqualTo(value));
            state.records().get(tree).checkInvariants();
        });
    }

    private void put(String key, String value) {
        commit(new RecordWrite(TREE, bytes(key), bytes(value), 0, true));
    }

    private void commit(RecordWrite write) {
        assertThat(pipeline.commit(request(pipeline.indexedState(), write)))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    private static CommitRequest request(StoreState base, RecordWrite... writes) {
        return new CommitRequest(base, List.of(writes), List.of(), null, List.of(), Map.of(), false);
    }

    private @Nullable String get(String key) {
        return get(TREE, key);
    }

    private @Nullable String get(int tree, String key) {
        LatestView.Source source = new LatestView.Source() {
            @Override
            public StoreState state() {
                return pipeline.state();
            }

            @Override
            public StoreState indexedState() {
                return pipeline.indexedState();
            }
        };
        LatestView view = new LatestView(pipeline, source);
        byte[] value = view.readValue(tree, bytes(key));
        RecordPointer pointer = view.find(tree, bytes(key));
        if (value == null || pointer == null) {
            assertThat(value).isNull();
            assertThat(pointer).isNull();
            return null;
        }
        assertThat(view.readValue(bytes(key), pointer)).isEqualTo(value);
        assertThat(view.read(bytes(key), pointer).value()).isEqualTo(value);
        return new String(value, UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
