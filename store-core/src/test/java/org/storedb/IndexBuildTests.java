package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.IndexConflictException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * Indexes that are built while documents change. The monitor of the build is where the changes come from: it is called
 * between two documents, and between two rounds.
 */
class IndexBuildTests {

    private static final int DOCUMENTS = 3000;
    private static final List<IndexDefinition> KINDS = List.of(
            IndexDefinition.on("city"),
            IndexDefinition.on("city").descending("number"),
            IndexDefinition.onEachElementOf("tags"),
            IndexDefinition.on("city").caseInsensitive().where(Filter.gt("number", 500)),
            IndexDefinition.uniqueOn("email"));

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Store store = open(directory, tasks);
    private final DocumentCollection<Map<String, @Nullable Object>> people = store.collection("people");
    private final Random random = new Random(11);

    @BeforeEach
    void fill() {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < DOCUMENTS; number++) {
            documents.add(person("p" + number));
        }
        people.insertAll(documents);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    /** As when another thread drops it between the refusal of a commit and the look for what is to be said of it. */
    @Test
    void uniqueIndexThatIsGoneIsFoundInWhatTheRequestIsBasedOnOrElseAConflict() {
        try (LocalStore opened = (LocalStore) Store.openInMemory()) {
            var documents = opened.collection("people");
            documents.insert(Map.of("id", "1", "name", "Ada"));
            documents.createIndex(IndexDefinition.uniqueOn("name"));
            StoreEngine engine = (StoreEngine) opened.engine();
            StoreState before = engine.state();
            CatalogEntry people = Objects.requireNonNull(engine.catalog().find(before, Kind.COLLECTION, "people"));
            int treeId = people.indexes().get(0).treeId();
            TreeCursor<Presence> entries = before.indexes().get(treeId).cursor(TreeRange.all());
            assertThat(entries.next()).isTrue();
            CommitOutcome refused = new CommitOutcome.NotUnique(treeId, entries.key(), entries.key());
            documents.dropIndex("name");

            assertThatThrownBy(() -> engine.commits().requireUnique(CommitRequest.ofTime(before, false), refused))
                    .isInstanceOf(UniqueIndexViolationException.class)
                    .hasMessageContaining("name = 'Ada'");
            assertThat(engine.commits().requireUnique(CommitRequest.ofTime(engine.state(), false), refused))
                    .isEqualTo(new CommitOutcome.Conflict(treeId));
        }
    }

    @Test
    void changesDuringTheBuildAreInTheIndex() {
        for (IndexDefinition definition : KINDS) {
            AtomicInteger calls = new AtomicInteger();
            people.createIndex(definition, OperationMonitor.of(progress -> {
                if (calls.incrementAndGet() < 12) {
                    writeSome(calls.get() < 8 ? 300 : 3);
                }
            }));
            assertThat(calls.get()).isGreaterThan(7);
            assertThat(people.indexes()).contains(definition);
            assertThat(store.verify().problems()).as(definition.describe()).isEmpty();
        }
        writeSome(500);
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void recordsThatCompactionMovesDuringTheBuildStayWhatTheyAre() {
        writeSome(2000);
        AtomicBoolean compacted = new AtomicBoolean();
        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> {
            if (compacted.compareAndSet(false, true)) {
                CompletableFuture<CompactionResult> result = store.compact();
                tasks.runWaiting();
                assertThat(result.join().segmentsCompacted()).isPositive();
                writeSome(10);
            }
        }));
        assertThat(compacted).isTrue();
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void theMonitorHearsOfEveryDocument() {
        List<OperationProgress> heard = new ArrayList<>();
        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(heard::add));
        assertThat(heard).anySatisfy(progress -> {
            assertThat(progress.phase()).isEqualTo("building index 'city'");
            assertThat(progress.done()).isEqualTo(DOCUMENTS);
            assertThat(progress.total()).isEqualTo(DOCUMENTS);
        });
    }

    @Test
    void aCancelledBuildLeavesNothingBehind() {
        AtomicInteger calls = new AtomicInteger();
        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(() -> people.createIndex(
                        IndexDefinition.on("city"),
                        OperationMonitor.of(progress -> {}, () -> calls.incrementAndGet() == 2)))
                .withMessageContaining("'city'");
        assertNoIndex();
        people.createIndex(IndexDefinition.on("city"));
        assertThat(people.indexes()).hasSize(1);
    }

    @Test
    void anExceptionOfTheMonitorEndsTheBuild() {
        assertThatThrownBy(() -> people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> {
                    throw new IllegalStateException("enough");
                })))
                .hasMessage("enough");
        assertNoIndex();
    }

    @Test
    void duplicatesThatAreThereBeforeAreNamed() {
        people.save(Map.of("id", "one", "email", "same"));
        people.save(Map.of("id", "two", "email", "same"));
        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.createIndex(IndexDefinition.uniqueOn("email")))
                .withMessageContaining("'one'")
                .withMessageContaining("'two'")
                .withMessageContaining("email = 'same'");
        assertNoIndex();
    }

    @Test
    void duplicatesThatAWriterMakesDuringTheBuildAreNamed() {
        AtomicBoolean written = new AtomicBoolean();
        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() ->
                        people.createIndex(IndexDefinition.uniqueOn("email"), OperationMonitor.of(progress -> {
                            if (written.compareAndSet(false, true)) {
                                people.save(Map.of("id", "p7", "email", "same"));
                                people.save(Map.of("id", "new", "email", "same"));
                            }
                        })))
                .withMessageContaining("'p7'")
                .withMessageContaining("'new'");
        assertNoIndex();
        people.save(Map.of("id", "other", "email", "same")); // Nothing forbids it.
    }

    @Test
    void duplicatesThatAWriterRemovesDuringCatchingUpDoNotMatter() {
        AtomicInteger calls = new AtomicInteger();
        people.createIndex(IndexDefinition.uniqueOn("email"), OperationMonitor.of(progress -> {
            if (calls.incrementAndGet() == 1) {
                people.save(Map.of("id", "p7", "email", "same"));
                people.save(Map.of("id", "new", "email", "same"));
                people.delete("p7");
            }
        }));
        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> people.save(Map.of("id", "p7", "email", "same")));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void aTransactionThatBeganDuringTheBuildConflictsAndIsRetried() {
        List<Transaction> begun = new ArrayList<>();
        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> {
            if (begun.isEmpty()) {
                Transaction transaction = store.begin();
                transaction.collection("people").insert(Map.of("id", "late", "city", "X"));
                begun.add(transaction);
            }
        }));
        assertThatThrownBy(begun.get(0)::commit).isInstanceOf(TransactionConflictException.class);
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void whoeverIsFirstCreatesTheIndexAndTheOtherFindsIt() {
        AtomicBoolean nested = new AtomicBoolean();
        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> {
            if (nested.compareAndSet(false, true)) {
                people.createIndex(IndexDefinition.on("city"));
                assertThat(people.indexes()).hasSize(1);
            }
        }));
        assertThat(people.indexes()).containsExactly(IndexDefinition.on("city"));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void anotherIndexOfTheSameNameWinsIfItIsFirst() {
        AtomicBoolean nested = new AtomicBoolean();
        assertThatExceptionOfType(IndexConflictException.class)
                .isThrownBy(() ->
                        people.createIndex(IndexDefinition.on("city").named("x"), OperationMonitor.of(progress -> {
                            if (nested.compareAndSet(false, true)) {
                                people.createIndex(IndexDefinition.on("number").named("x"));
                            }
                        })));
        assertThat(people.indexes())
                .containsExactly(IndexDefinition.on("number").named("x"));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void otherIndexesComeAndGoDuringTheBuild() {
        people.createIndex(IndexDefinition.on("number"));
        AtomicInteger calls = new AtomicInteger();
        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> {
            if (calls.incrementAndGet() == 1) {
                assertThat(people.dropIndex("city")).as("not there yet").isFalse();
                assertThat(people.dropIndex("number")).isTrue();
                people.createIndex(IndexDefinition.on("email"));
            }
        }));
        assertThat(people.indexes()).containsExactly(IndexDefinition.on("email"), IndexDefinition.on("city"));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void aCrashDuringTheBuildLeavesNoTrace() {
        List<Map<String, byte[]>> moments = new ArrayList<>();
        people.createIndex(KINDS.get(1), OperationMonitor.of(progress -> {
            writeSome(5);
            moments.add(directory.visibleFiles());
        }));
        assertThat(moments).hasSizeGreaterThan(2);
        for (Map<String, byte[]> files : moments) {
            try (Store crashed = open(new SimulatedDirectory(files), new SteppedTasks())) {
                assertThat(crashed.collection("people").indexes()).isEmpty();
                assertThat(crashed.verify().problems()).isEmpty();
            }
        }
        try (Store after = open(new SimulatedDirectory(directory.visibleFiles()), new SteppedTasks())) {
            assertThat(after.collection("people").indexes()).containsExactly(KINDS.get(1));
            assertThat(after.verify().problems()).isEmpty();
        }
    }

    @Test
    void closingTheStoreEndsTheBuild() {
        assertThatThrownBy(() ->
                        people.createIndex(IndexDefinition.on("city"), OperationMonitor.of(progress -> store.close())))
                .isInstanceOf(StoreClosedException.class);
    }

    @Test
    void writersInOtherThreadsGoOn() {
        AtomicBoolean stopped = new AtomicBoolean();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            Random own = new Random(writer);
            String prefix = writer + "-";
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        while (!stopped.get()) {
                            String id = prefix + own.nextInt(200);
                            if (own.nextInt(4) == 0) {
                                people.delete(id);
                            } else {
                                people.save(Map.of("id", id, "city", "C" + own.nextInt(9), "email", id, "number", 501));
                            }
                        }
                    },
                    threads));
        }
        for (int round = 0; round < 3; round++) {
            KINDS.forEach(people::createIndex);
            KINDS.forEach(kind -> assertThat(people.dropIndex(kind.name())).isTrue());
        }
        KINDS.forEach(people::createIndex);
        stopped.set(true);
        writers.forEach(CompletableFuture::join);
        assertThat(store.verify().problems()).isEmpty();
        assertThat(people.count(Query.where(Filter.startsWith("city", "C")))).isPositive();
    }

    private void assertNoIndex() {
        assertThat(people.indexes()).isEmpty();
        assertThat(store.verify().problems()).isEmpty();
    }

    private void writeSome(int count) {
        for (int i = 0; i < count; i++) {
            String id = "p" + random.nextInt(DOCUMENTS + 200);
            if (random.nextInt(4) == 0) {
                people.delete(id);
            } else {
                people.save(person(id));
            }
        }
    }

    private Map<String, @Nullable Object> person(String id) {
        Map<String, @Nullable Object> person = new HashMap<>();
        person.put("id", id);
        person.put("email", id + "@x");
        person.put("city", (random.nextBoolean() ? "a" : "A") + random.nextInt(20));
        person.put("number", random.nextInt(1000));
        person.put("tags", List.of(random.nextInt(5), "t" + random.nextInt(5)).subList(0, random.nextInt(3)));
        return person;
    }

    private static Store open(SimulatedDirectory directory, SteppedTasks tasks) {
        StoreOptions options =
                StoreOptions.defaults().withSegmentBytes(256 << 10).withDurability(Durability.OS);
        return TestStores.open(directory, options, TestEnvironments.stepped(1, tasks));
    }
}
