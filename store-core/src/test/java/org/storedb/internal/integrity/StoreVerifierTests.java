package org.storedb.internal.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.IndexBuilder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.StoreProblem;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Plants bugs of the engine into the trees in memory: each has to be found, by its name and nothing else. */
class StoreVerifierTests {

    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] DELETED = "deleted".getBytes(UTF_8);

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
    private final Recovery recovery;
    private final LocalCommitPipeline pipeline;
    private final CatalogService catalogs;
    private final int entriesTree;
    private final CatalogEntry people;

    StoreVerifierTests() throws IOException {
        try (Store store = TestStores.open(directory, StoreOptions.defaults(), environment)) {
            store.keyspace("entries").put(KEY, "older".getBytes(UTF_8));
            store.keyspace("entries").put(KEY, "newer".getBytes(UTF_8));
            store.keyspace("entries").put(DELETED, "value".getBytes(UTF_8));
            store.keyspace("entries").delete(DELETED);
            store.collection("people").createIndex(IndexDefinition.on("city"));
            store.collection("people").createIndex(IndexDefinition.uniqueOn("email"));
            store.collection("people").insert(Map.of("id", "ada", "city", "London", "email", "a"));
            store.collection("people").insert(Map.of("id", "bob", "city", "Paris", "email", "b"));
        }
        recovery = Recovery.run(directory, environment, null, 1 << 20, state -> {}, (phase, done, total) -> {});
        pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        catalogs = new CatalogService(pipeline);
        people = entry(Kind.COLLECTION, "people");
        entriesTree = entry(Kind.KEYSPACE, "entries").treeId();
    }

    @BeforeEach
    void buildIndexes() {
        pipeline.replaceState(state -> IndexBuilder.completeAll(state, null, catalogs, (done, total) -> {}));
    }

    @Test
    void nothingPlantedIsNothingFound() throws IOException {
        assertThat(problems()).isEmpty();
    }

    @Test
    void aRecordThatTheIndexLacksIsFound() throws IOException {
        changeRecords(editor -> editor.remove(KEY));
        assertFound(StoreProblem.Kind.MISSING_RECORD, "key");
    }

    @Test
    void aRecordThatWasDeletedIsFound() throws IOException {
        RecordPointer other = Objects.requireNonNull(
                pipeline.state().records().get(entriesTree).get(KEY));
        changeRecords(
                editor -> editor.put(DELETED, new RecordPointer(other.segment(), other.offset(), other.length(), 1)));
        assertThat(problems()).extracting(StoreProblem::kind).contains(StoreProblem.Kind.EXTRA_RECORD);
        assertThat(problems()).extracting(StoreProblem::key).containsOnly("deleted", null);
    }

    @Test
    void aRecordThatTheLogNeverHadIsFound() throws IOException {
        RecordPointer other = Objects.requireNonNull(
                pipeline.state().records().get(entriesTree).get(KEY));
        changeRecords(editor -> editor.put("invented".getBytes(UTF_8), other));
        assertThat(problems())
                .extracting(StoreProblem::kind)
                .contains(StoreProblem.Kind.EXTRA_RECORD, StoreProblem.Kind.DAMAGED_RECORD);
    }

    @Test
    void aPointerToAnOlderRecordIsFound() throws IOException {
        RecordPointer newest = Objects.requireNonNull(
                pipeline.state().records().get(entriesTree).get(KEY));
        changeRecords(editor -> editor.put(
                KEY, new RecordPointer(newest.segment(), newest.offset(), newest.length(), newest.sequence() - 1)));
        assertThat(problems()).extracting(StoreProblem::kind).contains(StoreProblem.Kind.STALE_RECORD);
    }

    @Test
    void anIndexEntryThatIsMissingIsFound() throws IOException {
        changeIndex(0, editor -> editor.remove(firstKey(0)));
        assertFound(StoreProblem.Kind.MISSING_INDEX_ENTRY, "ada");
    }

    @Test
    void anIndexEntryThatNoDocumentGivesIsFound() throws IOException {
        byte[] city = firstKey(0);
        city[2] ^= 1; // Another letter.
        changeIndex(0, editor -> editor.put(city, Presence.PRESENT));
        assertFound(StoreProblem.Kind.EXTRA_INDEX_ENTRY, "ada");
    }

    @Test
    void aValueThatIsNotUniqueIsFound() throws IOException {
        byte[] email = firstKey(1);
        byte[] twin = email.clone();
        twin[twin.length - 2] ^= 1; // Another id.
        changeIndex(1, editor -> editor.put(twin, Presence.PRESENT));
        assertThat(problems())
                .extracting(StoreProblem::kind)
                .containsExactlyInAnyOrder(StoreProblem.Kind.NOT_UNIQUE, StoreProblem.Kind.EXTRA_INDEX_ENTRY);
    }

    @Test
    void figuresThatAreWrongAreFound() throws IOException {
        recovery.accounting().written(1, entriesTree, 3, 100);
        assertThat(problems()).extracting(StoreProblem::kind).containsExactly(StoreProblem.Kind.WRONG_FIGURES);
    }

    private void assertFound(StoreProblem.Kind kind, String key) throws IOException {
        List<StoreProblem> found = problems().stream()
                .filter(problem -> problem.kind() != StoreProblem.Kind.WRONG_FIGURES)
                .toList();
        assertThat(found).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.key()).isEqualTo(key);
        });
    }

    private List<StoreProblem> problems() throws IOException {
        return new StoreVerifier(recovery.log(), pipeline, recovery.accounting(), catalogs, environment)
                .verify(OperationMonitor.none(), () -> false)
                .problems();
    }

    private CatalogEntry entry(Kind kind, String name) {
        return Objects.requireNonNull(catalogs.catalogOf(pipeline.state()).find(kind, name));
    }

    private void changeRecords(Consumer<TreeEditor<RecordPointer>> change) {
        TreeEditor<RecordPointer> editor =
                pipeline.state().records().get(entriesTree).edit();
        change.accept(editor);
        CountedTree<RecordPointer> changed = editor.build();
        pipeline.replaceState(
                state -> state.with(state.sequence(), Map.of(entriesTree, changed), Map.of(), state.segments()));
    }

    private void changeIndex(int index, Consumer<TreeEditor<Presence>> change) {
        int treeId = people.indexes().get(index).treeId();
        TreeEditor<Presence> editor = pipeline.state().indexes().get(treeId).edit();
        change.accept(editor);
        CountedTree<Presence> changed = editor.build();
        pipeline.replaceState(
                state -> state.with(state.sequence(), Map.of(), Map.of(treeId, changed), state.segments()));
    }

    private byte[] firstKey(int index) {
        int treeId = people.indexes().get(index).treeId();
        TreeCursor<Presence> cursor = pipeline.state().indexes().get(treeId).cursor(TreeRange.all());
        assertThat(cursor.next()).isTrue();
        return cursor.key();
    }
}
