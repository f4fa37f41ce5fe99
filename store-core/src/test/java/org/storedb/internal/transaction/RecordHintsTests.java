package org.storedb.internal.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.compaction.CommitKeeper;
import org.storedb.internal.compaction.CompactionService;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.Segment;
import org.storedb.internal.recovery.Recovery;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Whatever has happened since, a hint that a state's reader follows leads to what the state's tree has. */
class RecordHintsTests {

    private static final int TREE = 5;
    private static final int OTHER_TREE = 6;
    private static final int KEYS = 300;
    private static final int STATES_KEPT = 20;

    private final SteppedTasks tasks = new SteppedTasks();
    private final Environment environment = TestEnvironments.stepped(1, tasks);
    private Recovery recovery;
    private LocalCommitPipeline pipeline;
    private CompactionService compaction;
    private int writes;
    private int provenAbsent;

    @BeforeEach
    void open() throws IOException {
        recovery = Recovery.run(
                new MemoryDirectory(), environment, null, 64 << 10, state -> {}, (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        compaction = new CompactionService(
                recovery.log(),
                pipeline,
                recovery.accounting(),
                environment,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                CommitKeeper.NONE);
    }

    @AfterEach
    void close() throws IOException {
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyStateIsReadAsItsTreesAre(long seed) {
        Random random = new Random(seed);
        HintService service = service(20, 1 << 20);
        List<StoreState> kept = new ArrayList<>();
        int hits = 0;
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(40)) {
                case 0 -> compact();
                case 1 -> tasks.runRepeated();
                case 2 -> tasks.runWaiting();
                case 3 -> deleteSome(random);
                default -> commit(write(random, random.nextInt(8) == 0));
            }
            if (kept.size() < STATES_KEPT) {
                kept.add(pipeline.state());
            } else if (random.nextInt(10) == 0) {
                kept.set(random.nextInt(STATES_KEPT), pipeline.state());
            }
            for (int read = 0; read < 4; read++) {
                hits += requireSame(pipeline.state(), key(random.nextInt(KEYS)));
            }
            hits += requireSame(kept.get(random.nextInt(kept.size())), key(random.nextInt(KEYS)));
        }
        for (StoreState state : kept) {
            requireSameTogether(state);
            for (int i = 0; i < KEYS; i++) {
                hits += requireSame(state, key(i));
            }
        }
        int dead = 0;
        for (StoreState state : kept) {
            for (int i = 0; i < KEYS; i++) {
                dead += requireToldFromLatest(state, key(i)) ? 1 : 0;
            }
        }
        assertThat(dead).as("records that are no longer those of their keys").isGreaterThan(20);
        assertThat(hits).as("hints that were followed").isGreaterThan(2_000);
        assertThat(provenAbsent).as("keys known to be absent").isGreaterThan(200);
        service.close();
    }

    /** Commits come between the turns in which a table is made, before and behind the keys that it has. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tableIsCompleteAndTrueWhateverHappensWhileItIsMade(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i += 1_000) {
            List<RecordWrite> writes = new ArrayList<>();
            for (int j = i; j < i + 1_000; j++) {
                writes.add(put(TREE, key(j)));
            }
            commit(writes);
        }
        HintBuild build = pipeline.whileUnchanged(indexed -> pipeline.hints().begin(TREE, new HintTable(200_000)));
        HintBuild.Turn turn = next(build);
        int turns = 0;
        while (turn != null) {
            build.run(turn);
            int changes = turns++ < 6 ? 2_000 : 100;
            for (int i = 0; i < changes; i++) {
                byte[] key = key(random.nextInt(100_100));
                commit(random.nextInt(3) == 0 ? delete(key) : put(TREE, key));
            }
            if (turns == 2) {
                compact();
            }
            turn = next(build);
        }
        assertThat(turns).isGreaterThan(6);

        StoreState state = pipeline.state();
        TreeCursor<RecordPointer> cursor = state.records().get(TREE).cursor(TreeRange.all());
        int hits = 0;
        while (cursor.next()) {
            hits += requireSame(state, cursor.key());
        }
        assertThat(hits).isGreaterThan((int) (state.records().get(TREE).size() * 97 / 100));
        assertThat(locationsIn(Objects.requireNonNull(pipeline.hints().table(TREE)), 100_100))
                .isEqualTo(hits);
    }

    /** An older state has keys that the table, which is as new as the latest one, does not have any more. */
    @Test
    void keyThatWasRemovedSinceIsNotTakenForAbsent() {
        service(100, 1 << 20);
        commit(writes(TREE, 0, 200));
        keepHints();
        StoreState before = pipeline.state();
        assertThat(before.hints().find(before.segments(), TREE, key(500))).isSameAs(StateHints.NO_RECORD);

        commit(delete(key(7)));
        StoreState after = pipeline.state();
        assertThat(new StateView(before).readValue(TREE, key(7))).isNotNull();
        assertThat(new StateView(before).readValue(TREE, key(500))).isNull();
        assertThat(before.hints().find(before.segments(), TREE, key(500))).isNull();
        assertThat(after.hints().find(after.segments(), TREE, key(7))).isSameAs(StateHints.NO_RECORD);
    }

    /** A removal counts where there is no table yet, since one may be made before an older state is read. */
    @Test
    void keyThatWasRemovedBeforeThereWasATableIsNotTakenForAbsent() {
        service(100, 1 << 20);
        commit(writes(TREE, 0, 200));
        StoreState before = pipeline.state();
        commit(delete(key(7)));
        keepHints();
        assertThat(pipeline.hints().table(TREE)).isNotNull();

        assertThat(new StateView(before).readValue(TREE, key(7))).isNotNull();
    }

    @Test
    void treesGetTablesThatSuitThem() {
        service(100, 1 << 20);
        commit(writes(TREE, 0, 99));
        commit(writes(OTHER_TREE, 0, 100));
        keepHints();
        assertThat(pipeline.hints().table(TREE)).isNull();
        long slots = slots(OTHER_TREE);
        assertThat(slots).isBetween(130L, 150L);

        commit(writes(OTHER_TREE, 100, 120));
        keepHints();
        assertThat(slots(OTHER_TREE)).isEqualTo(slots);
        commit(writes(OTHER_TREE, 120, 200));
        keepHints();
        assertThat(slots(OTHER_TREE)).as("with room for what is to come").isBetween(750L, 850L);
        for (int pause = 0; pause < 4; pause++) {
            keepHints();
        }
        assertThat(slots(OTHER_TREE)).as("when nothing has come").isBetween(270L, 300L);

        for (int i = 0; i < 150; i++) {
            commit(new RecordWrite(OTHER_TREE, key(i), null, 0, true));
        }
        keepHints();
        assertThat(pipeline.hints().table(OTHER_TREE)).isNull();
    }

    @Test
    void treesThatNobodyLooksUpKeysInGetNoTables() {
        service(100, 1 << 20, () -> {});
        commit(writes(TREE, 0, 200));
        commit(writes(OTHER_TREE, 0, 200));
        keepHints();
        assertThat(pipeline.hints().length()).isZero();

        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1))).isNotNull();
        keepHints();
        assertThat(pipeline.hints().table(OTHER_TREE)).isNull();
        long slots = slots(TREE);
        assertThat(requireSame(pipeline.indexedState(), key(1))).isEqualTo(1);
        keepHints();
        assertThat(slots(TREE)).as("the one that it has is large enough").isEqualTo(slots);
    }

    @Test
    void tableIsNotMadeLargerForATreeThatNobodyLooksUpKeysInAnyMore() {
        service(100, 1 << 20, () -> {});
        commit(writes(TREE, 0, 200));
        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1))).isNotNull();
        keepHints();
        long slots = slots(TREE);
        commit(writes(TREE, 200, 2_000));
        keepHints();
        assertThat(slots(TREE)).isEqualTo(slots);

        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1_999))).isNotNull();
        keepHints();
        assertThat(slots(TREE)).isGreaterThan(2_000);
    }

    /** Whoever makes a table must not have all those wait who commit. */
    @Test
    void recentPutsStayRecentWhileATableIsMade() {
        service(100, 1 << 20);
        commit(writes(TREE, 0, 100));
        pipeline.state();
        commit(put(TREE, key(0)));
        commit(put(TREE, key(100)));
        StoreState indexed = pipeline.indexedState();
        tasks.runRepeated();
        tasks.runWaiting();
        assertThat(pipeline.hints().table(TREE)).isNotNull();
        assertThat(pipeline.indexedState()).isSameAs(indexed);
        assertThat(pipeline.findRecent(TREE, key(100))).isNotNull();
        assertThat(requireSame(indexed, key(0))).isEqualTo(1);
        assertThat(requireSame(pipeline.state(), key(0))).isEqualTo(1);
        assertThat(requireSame(pipeline.state(), key(100))).isEqualTo(1);
    }

    @Test
    void tablesStayWithinTheirBytes() {
        service(100, 1_000 * HintTable.BYTES_PER_SLOT);
        commit(writes(TREE, 0, 500));
        commit(writes(OTHER_TREE, 0, 500));
        keepHints();
        assertThat(slots(TREE)).isGreaterThan(700);
        assertThat(slots(TREE) + slots(OTHER_TREE)).isBetween(990L, 1_010L);

        commit(writes(OTHER_TREE, 500, 1_000));
        keepHints();
        assertThat(pipeline.hints().table(OTHER_TREE))
                .as("one for a fourth of its keys")
                .isNull();
    }

    @Test
    void stateWithOtherRecordsHasNoHints() {
        service(10, 1 << 20);
        commit(writes(TREE, 0, 100));
        keepHints();
        assertThat(requireSame(pipeline.state(), key(1))).isEqualTo(1);

        StoreState without = pipeline.state()
                .with(
                        7,
                        Map.of(TREE, pipeline.state().records().get(OTHER_TREE)),
                        Map.of(),
                        pipeline.state().segments());
        assertThat(new StateView(without).readValue(TREE, key(1))).isNull();
        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1))).isNotNull();

        pipeline.replaceState(state -> without);
        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1))).isNull();
        keepHints();
        assertThat(new StateView(pipeline.state()).readValue(TREE, key(1))).isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // Something has to fail in the middle.
    void hintsAreForgottenWhenAStateCannotBeMade() {
        service(10, 1 << 20);
        commit(writes(TREE, 0, 100));
        keepHints();
        StateBuilder builder = new StateBuilder(pipeline.state(), recovery.accounting());
        builder.relocate(new Relocation(TREE, key(1), pointer(pipeline.state(), key(1))));
        assertThat(pipeline.hints().length()).isPositive();
        assertThatNullPointerException()
                .isThrownBy(() -> builder.build(pipeline.state().segments(), (Segment) null));
        assertThat(pipeline.hints().length()).isZero();
        assertThat(requireSame(pipeline.state(), key(1))).isZero();
    }

    /** Whether the record that a key had in a state is dead now, after a check that the latest state says the same. */
    private boolean requireToldFromLatest(StoreState state, byte[] key) {
        RecordPointer then = state.findStored(TREE, key);
        StoreState latest = pipeline.state();
        if (then == null) {
            return false;
        }
        RecordPointer now = latest.findStored(TREE, key);
        boolean current = now != null && now.segment() == then.segment() && now.offset() == then.offset();
        assertThat(latest.isCurrent(TREE, key, then.segment(), then.offset(), then.length()))
                .isEqualTo(current);
        return !current;
    }

    /** One that finds each time that keys were looked up in both trees. */
    private HintService service(int entriesLeast, long bytesMax) {
        return service(entriesLeast, bytesMax, () -> {
            pipeline.hints().tableToAsk(TREE);
            pipeline.hints().tableToAsk(OTHER_TREE);
        });
    }

    private HintService service(int entriesLeast, long bytesMax, Runnable before) {
        HintService service = new HintService(pipeline, tasks::execute, new HintService.Limits(entriesLeast, bytesMax));
        tasks.repeat(HintService.PAUSE, () -> {
            before.run();
            service.startIfWorthwhile();
        });
        return service;
    }

    private void keepHints() {
        pipeline.state(); // Sizes are those of the trees.
        tasks.runRepeated();
        tasks.runWaiting();
    }

    private HintBuild.@Nullable Turn next(HintBuild build) {
        return pipeline.whileUnchanged(indexed -> pipeline.hints().nextTurn(build, indexed));
    }

    private void compact() {
        try {
            pipeline.rollLog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CompletableFuture<CompactionResult> run = compaction.start();
        tasks.runWaiting();
        run.join();
    }

    private void commit(RecordWrite write) {
        commit(List.of(write));
    }

    private void commit(List<RecordWrite> writes) {
        CommitRequest request =
                new CommitRequest(pipeline.indexedState(), writes, List.of(), null, List.of(), Map.of(), false);
        assertThat(pipeline.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
    }

    private void deleteSome(Random random) {
        int first = random.nextInt(KEYS);
        for (int i = first; i < Math.min(KEYS, first + 20); i++) {
            commit(delete(key(i)));
        }
    }

    private RecordWrite write(Random random, boolean deleted) {
        byte[] key = key(random.nextInt(KEYS));
        return deleted ? delete(key) : put(TREE, key);
    }

    private List<RecordWrite> writes(int treeId, int from, int to) {
        List<RecordWrite> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(put(treeId, key(i)));
        }
        return all;
    }

    private RecordWrite put(int treeId, byte[] key) {
        byte[] value = ("value " + writes++ + " of " + key.length).getBytes(UTF_8);
        return new RecordWrite(treeId, key, value, 0, true);
    }

    private static RecordWrite delete(byte[] key) {
        return new RecordWrite(TREE, key, null, 0, true);
    }

    /** Keys of different lengths. */
    private static byte[] key(int number) {
        byte[] key = new byte[1 + number % 20 + Integer.BYTES];
        for (int i = 0; i < Integer.BYTES; i++) {
            key[i] = (byte) (number >> (Byte.SIZE * i));
        }
        return key;
    }

    private long slots(int treeId) {
        return Objects.requireNonNull(pipeline.hints().table(treeId)).slots();
    }

    private static RecordPointer pointer(StoreState state, byte[] key) {
        return Objects.requireNonNull(state.records().get(TREE).get(key));
    }

    /** How many hints were followed. */
    private int requireSame(StoreState state, byte[] key) {
        StateView view = new StateView(state);
        RecordPointer pointer = view.find(TREE, key);
        byte[] expected = pointer == null ? null : view.readValue(key, pointer);
        assertThat(view.readValue(TREE, key)).isEqualTo(expected);
        StoredRecord record = view.read(TREE, key);
        assertThat(record == null ? null : record.value()).isEqualTo(expected);
        RecordPointer hinted = state.hints().find(state.segments(), TREE, key);
        if (StateHints.isNoRecord(hinted)) {
            assertThat(pointer).isNull();
            provenAbsent++;
        } else if (hinted != null) {
            assertThat(RecordReader.readValue(state.segments(), key, hinted)).isEqualTo(expected);
            return 1;
        }
        return 0;
    }

    /** Finds all keys together, without those that something was found for before. */
    private static void requireSameTogether(StoreState state) {
        StateView view = new StateView(state);
        byte[][] keys = new byte[KEYS][];
        @Nullable RecordPointer[] found = new RecordPointer[KEYS];
        RecordPointer before = new RecordPointer(0, 0, 0, 1);
        for (int i = 0; i < KEYS; i++) {
            keys[i] = key(i);
            found[i] = i % 7 == 0 ? before : null;
        }
        view.findAll(TREE, keys, found, KEYS - 1);
        assertThat(found[KEYS - 1]).isNull();
        for (int i = 0; i < KEYS - 1; i++) {
            RecordPointer pointer = found[i];
            if (i % 7 == 0) {
                assertThat(pointer).isSameAs(before);
            } else {
                assertThat(pointer == null ? null : view.readValue(keys[i], pointer))
                        .isEqualTo(view.readValue(TREE, keys[i]));
            }
        }
    }

    private static int locationsIn(HintTable table, int keys) {
        Set<Long> locations = new HashSet<>();
        for (int i = 0; i < keys; i++) {
            long hash = RecordHints.hash(key(i));
            for (int number = 0; number < HintTable.WINDOW; number++) {
                locations.add(table.location(hash, number));
            }
        }
        locations.remove(HintTable.NOWHERE);
        return locations.size();
    }
}
