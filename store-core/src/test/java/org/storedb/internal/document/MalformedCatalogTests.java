package org.storedb.internal.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Access;
import org.storedb.KeyRange;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.TestStores;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.LimitExceededException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.recovery.Recovery;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SalvageReport;
import org.storedb.query.Query;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Records whose checksums are right and whose contents are not what this release writes. */
class MalformedCatalogTests {

    private static final int ENTRIES = 1;
    private static final int PEOPLE = 2;
    private static final StoreOptions READ = StoreOptions.defaults().withAccess(Access.FOLLOW);

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final Environment environment = TestEnvironments.stepped(1, new SteppedTasks());

    /** What a record of the catalog may be, and what an error calls it. */
    @SuppressWarnings("ImmutableEnumChecker") // Never changed.
    enum Malformation {
        ENTRY_CUT_OFF("keyspace 'entries'", entry("entries"), bytes(1)),
        ENTRY_TOO_LONG("keyspace 'entries'", entry("entries"), bytes(1, ENTRIES, 0, 0)),
        INDEX_NAME_BEYOND_THE_END("collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 0, 0x7F, 'a')),
        INDEX_WITHOUT_FIELDS("collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 0, 1, 'a', 0)),
        INDEX_ON_ONE_FIELD_TWICE(
                "collection 'people'",
                collection("people"),
                bytes(1, PEOPLE, 1, 9, 0, 1, 'a', 2, 0, 1, 'b', 0, 1, 'b')),
        INDEX_WITH_UNKNOWN_FLAGS(
                "collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 4, 1, 'a', 1, 0, 1, 'b')),
        INDEX_PART_WITH_UNKNOWN_FLAGS(
                "collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 0, 1, 'a', 1, 32, 1, 'b')),
        INDEX_ON_ELEMENTS_OF_A_PLACE(
                "collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 0, 1, 'a', 1, 12, 1, 'b')),
        INDEX_ON_ELEMENTS_OF_TWO_FIELDS(
                "collection 'people'",
                collection("people"),
                bytes(1, PEOPLE, 1, 9, 0, 1, 'a', 2, 4, 1, 'b', 4, 1, 'c')),
        INDEX_NAME_NOT_UTF_8(
                "collection 'people'", collection("people"), bytes(1, PEOPLE, 1, 9, 0, 1, 0xFF, 1, 0, 1, 'b')),
        INDEX_FILTER_MISSING("collection 'people'", collection("people"), partial()),
        INDEX_FILTER_OF_UNKNOWN_KIND("collection 'people'", collection("people"), partial(10, 1, 'c')),
        INDEX_FILTER_WITH_UNKNOWN_OPERATOR(
                "collection 'people'", collection("people"), partial(1, 6, 0, 1, 'c', 1, 0x20)),
        INDEX_FILTER_WITH_UNKNOWN_FLAG("collection 'people'", collection("people"), partial(1, 0, 2, 1, 'c', 1, 0x20)),
        INDEX_FILTER_COMPARES_WITH_NULL("collection 'people'", collection("people"), partial(1, 0, 0, 1, 'c', 1, 0x10)),
        INDEX_FILTER_COMPARES_WITH_NO_VALUE(
                "collection 'people'", collection("people"), partial(1, 0, 0, 1, 'c', 1, 0x03)),
        INDEX_FILTER_NESTED_ENDLESSLY("collection 'people'", collection("people"), partial(nots())),
        TREE_OF_ANOTHER("collection 'people'", collection("people"), bytes(1, ENTRIES, 0)),
        TREE_OF_THE_CATALOG("keyspace 'entries'", entry("entries"), bytes(1, 0, 0)),
        NAME_NOT_UTF_8("keyspace '0xff'", bytes(Kind.KEYSPACE.code(), 0xFF), bytes(1, 77, 0)),
        FIELD_ID_CUT_OFF("a field", bytes(3, 0, 0, 0, PEOPLE, 0), bytes('x')),
        FIELD_ID_NEGATIVE("a field", CatalogFormat.fieldKey(PEOPLE, -1), bytes('x')),
        FIELD_ID_LEFT_OUT("a field", CatalogFormat.fieldKey(PEOPLE, 100), bytes('x')),
        FIELD_NAME_NOT_UTF_8("a field", CatalogFormat.fieldKey(PEOPLE, 0), bytes(0xFF)),
        NEXT_TREE_ENDLESS("the next tree", CatalogFormat.NEXT_TREE_KEY, bytes(0x80)),
        NEXT_TREE_THE_CATALOG("the next tree", CatalogFormat.NEXT_TREE_KEY, bytes(0));

        private final String name;
        private final byte[] key;
        private final byte[] value;

        Malformation(String name, byte[] key, byte[] value) {
            this.name = name;
            this.key = key;
            this.value = value;
        }

        private static byte[] entry(String name) {
            return CatalogFormat.entryKey(Kind.KEYSPACE, name);
        }

        private static byte[] collection(String name) {
            return CatalogFormat.entryKey(Kind.COLLECTION, name);
        }

        private static byte[] partial(int... filter) {
            int[] before = {1, PEOPLE, 1, 9, 2, 1, 'a', 1, 0, 1, 'b'};
            int[] all = Arrays.copyOf(before, before.length + filter.length);
            System.arraycopy(filter, 0, all, before.length, filter.length);
            return bytes(all);
        }

        private static int[] nots() {
            int[] nots = new int[10_000];
            Arrays.fill(nots, 9);
            return nots;
        }
    }

    @ParameterizedTest
    @EnumSource
    void openIsRefusedAndNamesTheRecord(Malformation malformation) throws IOException {
        Map<String, byte[]> files = filesWith(CatalogFormat.TREE_ID, malformation.key, malformation.value);
        List<StoreOptions> all = new ArrayList<>(List.of(StoreOptions.defaults()));
        if (malformation.key != CatalogFormat.NEXT_TREE_KEY) { // Which nobody who only reads needs.
            all.add(READ);
        }
        for (StoreOptions options : all) {
            SimulatedDirectory copy = new SimulatedDirectory(files);
            assertThatThrownBy(() -> open(copy, options).close())
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("record of " + malformation.name)
                    .hasMessageContaining("segment-0000000001.log")
                    .extracting(e -> ((CorruptStoreException) e).offset())
                    .matches(offset -> offset > 0);
            assertThat(copy.visibleFiles()).as("nothing was changed").containsExactlyEntriesOf(files);
            assertThat(copy.openFiles()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void salvageKeepsWhatItIsTheCatalogOf(Malformation malformation) throws IOException {
        SimulatedDirectory damaged =
                new SimulatedDirectory(filesWith(CatalogFormat.TREE_ID, malformation.key, malformation.value));
        SimulatedDirectory salvaged = new SimulatedDirectory();
        StoreSalvage.run(damaged, salvaged, StoreOptions.defaults(), OperationMonitor.none());
        try (Store store = open(salvaged, StoreOptions.defaults())) {
            assertThat(store.verify().problems()).isEmpty();
            assertThat(valuesOf(store)).contains("value");
            assertThat(documentsOf(store)).hasSize(1);
            store.keyspace("another").put(new byte[] {1}, new byte[] {2}); // In a tree that nobody has.
            assertThat(store.keyspace("another").count()).isOne();
            assertThat(valuesOf(store)).contains("value");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTRY_CUT_OFF", "FIELD_ID_LEFT_OUT"})
    void aReaderGoesOnWithWhatItHas(Malformation malformation) throws IOException {
        LocalCommitPipeline pipeline = pipeline();
        try (Store reader = open(directory, READ)) {
            write(pipeline, CatalogFormat.TREE_ID, malformation.key, malformation.value);
            assertThatThrownBy(reader::refresh)
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining(malformation.name);
            assertThat(reader.stats().follow()).isNotNull();
            assertThat(valuesOf(reader)).containsExactly("value");
            assertThat(documentsOf(reader)).hasSize(1);
        } finally {
            pipeline.close();
        }
        assertThat(directory.openFiles()).isEmpty();
    }

    @Test
    void salvageLeavesOutWhatIsNoDocument() throws IOException {
        byte[] id = DocumentId.encode("bob");
        SimulatedDirectory damaged = new SimulatedDirectory(filesWith(PEOPLE, id, bytes(1, 0x20)));
        SimulatedDirectory salvaged = new SimulatedDirectory();
        SalvageReport report = StoreSalvage.run(damaged, salvaged, StoreOptions.defaults(), OperationMonitor.none());
        assertThat(report.repairs()).singleElement().asString().contains("'bob' of collection 'people'");
        try (Store store = open(salvaged, StoreOptions.defaults())) {
            assertThat(documentsOf(store)).hasSize(1);
        }
    }

    /** Operations on a tree with a larger id would be taken for damage when they are read. */
    @Test
    void noTreeGetsAnIdThatCannotBeReadBack() throws IOException {
        byte[] next = CatalogFormat.encodeTreeId(OperationFormat.TREE_ID_MAX + 1);
        SimulatedDirectory full =
                new SimulatedDirectory(filesWith(CatalogFormat.TREE_ID, CatalogFormat.NEXT_TREE_KEY, next));
        try (Store store = open(full, StoreOptions.defaults())) {
            assertThatThrownBy(() -> store.keyspace("another").put(new byte[] {1}, new byte[] {2}))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("No more collections");
            store.keyspace("entries").put(new byte[] {1}, "more".getBytes(UTF_8));
            assertThat(valuesOf(store)).containsExactlyInAnyOrder("value", "more");
        }
    }

    private static List<String> valuesOf(Store store) {
        List<String> values = new ArrayList<>();
        store.stats()
                .keyspaces()
                .forEach(keyspace -> store.keyspace(keyspace.name())
                        .scan(KeyRange.all())
                        .forEach(entry -> values.add(new String(entry.value(), UTF_8))));
        return values;
    }

    private static List<Object> documentsOf(Store store) {
        List<Object> documents = new ArrayList<>();
        store.stats()
                .collections()
                .forEach(collection -> documents.addAll(
                        store.collection(collection.name()).find(Query.all()).toList()));
        return documents;
    }

    private static Store open(SimulatedDirectory files, StoreOptions options) {
        return TestStores.open(files, options, TestEnvironments.stepped(2, new SteppedTasks()));
    }

    /** Those of a store that was killed after a record was written. */
    private Map<String, byte[]> filesWith(int treeId, byte[] key, byte[] value) throws IOException {
        LocalCommitPipeline pipeline = pipeline();
        write(pipeline, treeId, key, value);
        Map<String, byte[]> files = directory.visibleFiles();
        pipeline.close();
        return files;
    }

    private LocalCommitPipeline pipeline() throws IOException {
        try (Store store = open(directory, StoreOptions.defaults())) {
            store.keyspace("entries").put("key".getBytes(UTF_8), "value".getBytes(UTF_8));
            store.collection("people").insert(Map.of("id", "ada", "name", "Ada"));
        }
        Recovery recovery =
                Recovery.run(directory, environment, null, 1 << 20, state -> {}, (phase, done, total) -> {});
        LocalCommitPipeline pipeline = new LocalCommitPipeline(
                recovery.log(), recovery.state(), recovery.accounting(), CommitLimits.NONE, ValueCompression.NONE);
        Catalog catalog = Catalog.read(pipeline.state());
        assertThat(Objects.requireNonNull(catalog.find(Kind.KEYSPACE, "entries"))
                        .treeId())
                .isEqualTo(ENTRIES);
        assertThat(Objects.requireNonNull(catalog.find(Kind.COLLECTION, "people"))
                        .treeId())
                .isEqualTo(PEOPLE);
        return pipeline;
    }

    private static void write(LocalCommitPipeline pipeline, int treeId, byte[] key, byte[] value) {
        CommitOutcome outcome = pipeline.commit(new CommitRequest(
                pipeline.state(),
                List.of(new RecordWrite(treeId, key, value, 1, true)),
                List.of(),
                null,
                List.of(),
                Map.of(),
                true));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }

    private static byte[] bytes(int... values) {
        ByteWriter bytes = new ByteWriter();
        for (int value : values) {
            bytes.putByte(value);
        }
        return bytes.toByteArray();
    }
}
