package org.storedb.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Access;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.ExpiryPolicy;
import org.storedb.KeyRange;
import org.storedb.KeyValue;
import org.storedb.Snapshot;
import org.storedb.SnapshotFile;
import org.storedb.SnapshotFileFormat;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.Versioned;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.StoreIoException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.SnapshotFileReport;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.storage.StorageDirectory;

class SnapshotFileTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SnapshotFileFormat.class)
    void everythingComesBack(SnapshotFileFormat format) {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file")).withFormat(format);
        Map<String, Object> expected;
        try (Store store = filled()) {
            expected = contents(store);
            SnapshotFileReport written = file.write(store);
            assertThat(written.documents()).isEqualTo(1_204);
            assertThat(written.entries()).isEqualTo(3);
            assertThat(written.collections()).isEqualTo(3);
            assertThat(written.keyspaces()).isEqualTo(1);
            assertThat(written.bytes())
                    .isEqualTo(folder.resolve("file").toFile().length());
            assertThat(written.sequence()).isEqualTo(store.stats().sequence());
        }
        assertThat(file.verify().documents()).isEqualTo(1_204);
        try (Store loaded = Store.openInMemory()) {
            assertThat(file.load(loaded).entries()).isEqualTo(3);
            assertThat(contents(loaded)).isEqualTo(expected);
            assertThat(loaded.verify().problems()).isEmpty();
        }
        file.restore(folder.resolve("store"), StoreOptions.defaults());
        try (Store restored = Store.open(folder.resolve("store"))) {
            assertThat(contents(restored)).isEqualTo(expected);
            assertThat(restored.verify().problems()).isEmpty();
            assertThat(restored.collection("things")
                            .getVersioned("changed")
                            .orElseThrow()
                            .revision())
                    .isEqualTo(2);
            restored.collection("things").save(Map.of("id", "changed"));
            assertThat(restored.collection("things")
                            .getVersioned("changed")
                            .orElseThrow()
                            .revision())
                    .isEqualTo(3);
        }
        SnapshotFile again = SnapshotFile.at(folder.resolve("again")).withFormat(format);
        try (Store restored =
                Store.open(folder.resolve("store"), StoreOptions.defaults().withAccess(Access.READ_ONLY))) {
            assertThat(again.write(restored).documents()).isEqualTo(1_204);
            assertThatThrownBy(() -> file.load(restored)).isInstanceOf(ReadOnlyException.class);
        }
    }

    @Test
    void aFileThatAppearsMeanwhileIsOnlyReplacedByDefault() throws IOException {
        Path path = folder.resolve("file");
        SnapshotFile replacing =
                SnapshotFile.at(path).withMonitor(OperationMonitor.of(progress -> create(path), () -> false));
        try (Store store = filled()) {
            assertThatThrownBy(() -> replacing.withoutReplacing().write(store))
                    .isInstanceOf(StoreIoException.class)
                    .hasMessageContaining(path + " exists already");
            assertThat(path).hasContent("mine");
            assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));

            replacing.write(store);
            assertThat(SnapshotFile.at(path).verify().documents()).isEqualTo(1_204);
            Files.delete(path);
            SnapshotFile.at(path).withoutReplacing().write(store);
            assertThat(SnapshotFile.at(path).verify().documents()).isEqualTo(1_204);
            assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
        }
    }

    private static void create(Path file) {
        try {
            Files.writeString(file, "mine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileInADirectoryIsNotReplacedEither() {
        try (Store store = filled()) {
            StorageDirectory directory = new MemoryDirectory();
            SnapshotFile file = SnapshotFile.in(directory, "file").withoutReplacing();
            file.write(store);
            assertThatThrownBy(() -> file.write(store))
                    .isInstanceOf(StoreIoException.class)
                    .hasMessageContaining("file exists already");
            assertThat(file.verify().documents()).isEqualTo(1_204);
        }
    }

    @Test
    void aFileIsOfOneMomentAndKeepsNobodyWaiting() {
        try (Store store = filled()) {
            Snapshot before = store.snapshot();
            SnapshotFile file = SnapshotFile.at(folder.resolve("file"))
                    .withMonitor(OperationMonitor.of(
                            progress -> store.collection("new").insert(Map.of("n", progress.done()))));
            file.write(store);
            assertThat(store.collection("new").count()).isGreaterThan(0);
            assertThat(SnapshotFile.at(folder.resolve("file")).verify().collections())
                    .isEqualTo(3);
            store.collection("things").delete(Query.all());
            SnapshotFile.at(folder.resolve("file")).write(before);
            assertThat(SnapshotFile.at(folder.resolve("file")).verify().documents())
                    .isEqualTo(1_204);
        }
    }

    @Test
    void whatTheStoreKeepsForItselfIsLeftOut() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file.jsonl"));
        ChangeRequest named = ChangeRequest.all().named("reader").recordedEvery(1, Duration.ZERO);
        try (Store store = filled()) {
            try (ChangeReader reader = store.changes().read(named.after(0))) {
                assertThat(reader.poll()).isNotNull();
                reader.confirm();
            }
            assertThat(store.changes().positions()).hasSize(1);
            assertThat(file.write(store).keyspaces()).isEqualTo(1);
        }
        try (Store loaded = Store.openInMemory()) {
            loaded.collection("things").insert(Map.of("id", 1));
            try (ChangeReader reader = loaded.changes().read(named.after(0))) {
                assertThat(reader.poll()).isNotNull();
                reader.confirm();
            }
            loaded.collection("things").delete(1);
            assertThat(loaded.changes().positions()).hasSize(1);
            assertThat(file.load(loaded).documents()).isEqualTo(1_204);
        }
    }

    @Test
    void keyspacesOfModulesAreLeftOutUnlessTheyAreChosen() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file.jsonl"));
        try (Store store = filled();
                Store other = Store.openInMemory()) {
            store.keyspace("storedb.module").put(new byte[] {1}, new byte[] {2});
            store.collection("storedb.things").insert(Map.of("id", 1));
            assertThat(file.write(store).keyspaces()).isEqualTo(1);
            other.keyspace("storedb.module").put(new byte[] {1}, new byte[] {3});
            assertThat(file.load(other).documents())
                    .as("those of the collection, too")
                    .isEqualTo(1_205);
            assertThat(other.keyspace("storedb.module").get(new byte[] {1})).containsExactly(3);
            assertThat(file.withKeyspaces("storedb.module").write(store).entries())
                    .isEqualTo(1);
        }
    }

    @Test
    void chosenPartsAreWritten() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("some.jsonl"));
        try (Store store = filled()) {
            SnapshotFileReport report = file.withCollections("things").write(store);
            assertThat(report.collections()).isEqualTo(1);
            assertThat(report.keyspaces()).isZero();
            report = file.withCollections("empty").withKeyspaces("cache").write(store);
            assertThat(report.documents()).isZero();
            assertThat(report.entries()).isEqualTo(3);
            assertThatThrownBy(() -> file.withCollections("thing").write(store))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'thing'");
        }
    }

    @Test
    void theNameSaysTheForm() throws IOException {
        try (Store store = filled()) {
            for (String name : List.of("a.jsonl", "b.json", "c.snapshot", "d.jsonl.gz", "e.snapshot.gz")) {
                SnapshotFile.at(folder.resolve(name)).write(store);
                assertThat(SnapshotFile.at(folder.resolve(name)).verify().documents())
                        .isEqualTo(1_204);
            }
        }
        assertThat(Files.readAllLines(folder.resolve("a.jsonl")).get(0)).startsWith("{\"snapshot\":{\"format\":1,");
        assertThat(Files.readString(folder.resolve("a.jsonl")))
                .contains(
                        "{\"id\":\"changed\",\"revision\":2,\"document\":{\"id\":\"changed\",\"n\":2}}\n",
                        "{\"key\":\"AQ==\",\"value\":\"AQI=\"}");
        assertThat(Files.size(folder.resolve("c.snapshot"))).isLessThan(Files.size(folder.resolve("a.jsonl")) / 3);
        assertThat(Files.size(folder.resolve("d.jsonl.gz"))).isLessThan(Files.size(folder.resolve("a.jsonl")) / 3);
    }

    @ParameterizedTest
    @EnumSource(SnapshotFileFormat.class)
    void aFileThatIsCutOrChangedAnywhereIsRefusedAndNothingIsLoaded(SnapshotFileFormat format) throws IOException {
        Path path = folder.resolve("file");
        byte[] whole;
        try (Store store = Store.openInMemory()) {
            store.collection("things").createIndex(IndexDefinition.on("n"));
            store.collection("things").setExpiryPolicy(ExpiryPolicy.atField("until"));
            for (int i = 0; i < 5; i++) {
                store.collection("things").insert(Map.of("id", i, "n", "text " + i));
            }
            store.keyspace("cache").put(new byte[] {1}, new byte[] {1, 2});
            SnapshotFile.at(path).withFormat(format).write(store);
            whole = Files.readAllBytes(path);
        }
        Random random = new Random(1);
        int last =
                format == SnapshotFileFormat.JSON ? whole.length - 1 : whole.length; // Its last line may lack its end.
        try (Store target = Store.openInMemory()) {
            for (int length = 0; length < last; length++) {
                Files.write(path, Arrays.copyOf(whole, length));
                requireRefused(path, target);
            }
            for (int at = 0; at < whole.length - 1; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) (1 << random.nextInt(7));
                Files.write(path, changed);
                requireRefused(path, target);
            }
            Files.write(path, Arrays.copyOf(whole, whole.length + 1));
            requireRefused(path, target);
            assertThat(target.stats().collections()).isEmpty();
        }
    }

    private static void requireRefused(Path path, Store target) {
        assertThatThrownBy(() -> SnapshotFile.at(path).load(target))
                .isInstanceOfAny(SnapshotFileException.class, UnsupportedFormatException.class)
                .hasMessageContaining("snapshot file");
    }

    @Test
    void blocksOfAnotherFileOrInAnotherOrderAreRefused() throws IOException {
        try (Store store = filled()) {
            SnapshotFile.at(folder.resolve("a")).write(store);
            SnapshotFile.at(folder.resolve("b")).write(store);
        }
        byte[] mixed = Files.readAllBytes(folder.resolve("b"));
        byte[] header = Arrays.copyOf(Files.readAllBytes(folder.resolve("a")), 24);
        System.arraycopy(header, 0, mixed, 0, header.length);
        Files.write(folder.resolve("a"), mixed);
        assertThatThrownBy(() -> SnapshotFile.at(folder.resolve("a")).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("block 0");
    }

    @Test
    void textThatWasEditedIsLoadedWithoutItsChecksum() throws IOException {
        Path path = folder.resolve("file.jsonl");
        try (Store store = filled()) {
            SnapshotFile.at(path).write(store);
        }
        String text = Files.readString(path).replace("\"id\":\"changed\",\"n\":2", "\"id\":\"changed\",\"n\":3");
        Files.writeString(path, text);
        assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("remove the checksum");
        Files.writeString(path, text.replaceAll(",\"checksum\":\"[0-9a-f]+\"", ""));
        try (Store store = Store.openInMemory()) {
            SnapshotFile.at(path).load(store);
            assertThat(store.collection("things").get("changed").orElseThrow()).containsEntry("n", 3);
        }
        Files.writeString(
                path, text.replaceAll(",\"checksum\":\"[0-9a-f]+\"", "").replaceFirst("\\{\"key\".*\n", ""));
        assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("keyspace 'cache' should have 3, but has 2");
    }

    @Test
    void expiryPoliciesAreReadableAndMayBeMissing() throws IOException {
        Path path = folder.resolve("file.jsonl");
        String policy = ",\"expiryPolicy\":{\"field\":\"until\",\"afterMillis\":1000,\"sliding\":true}";
        String text;
        try (Store store = Store.openInMemory()) {
            store.collection("things")
                    .setExpiryPolicy(
                            ExpiryPolicy.atField("until").orElse(ExpiryPolicy.afterUnused(Duration.ofSeconds(1))));
            SnapshotFile.at(path).write(store);
            text = Files.readString(path);
            assertThat(text).contains(policy);
        }
        text = text.replaceAll(",\"checksum\":\"[0-9a-f]+\"", "");
        Files.writeString(path, text.replace(policy, ""));
        try (Store store = Store.openInMemory()) {
            store.collection("things").setExpiryPolicy(ExpiryPolicy.after(Duration.ofDays(1)));
            SnapshotFile.at(path).load(store);
            assertThat(store.collection("things").expiryPolicy()).isEqualTo(ExpiryPolicy.after(Duration.ofDays(1)));
        }
        Files.writeString(path, text.replace("\"afterMillis\":1000", "\"afterMillis\":-1"));
        assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("invalid expiry policy");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        for (String text :
                List.of("", "{}", "{\"id\": 1}", "hello", "{\"snapshot\": {}}", "{\"end\": {}}", "\u001f\u008b")) {
            Path path = Files.writeString(folder.resolve("other"), text, StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> SnapshotFile.at(path).verify())
                    .isInstanceOf(SnapshotFileException.class)
                    .hasMessageContaining("other");
        }
        assertThatThrownBy(() -> SnapshotFile.at(folder.resolve("none")).verify())
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aStoreThatIsNotEmptyIsRefused() {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file"));
        try (Store store = filled()) {
            file.write(store);
            assertThatThrownBy(() -> file.load(store))
                    .isInstanceOf(SnapshotFileException.class)
                    .hasMessageContaining("collection 'numbers' is not empty (1200)");
            assertThat(contents(store)).isNotEmpty();
        }
        try (Store other = Store.openInMemory()) {
            other.keyspace("k").put(new byte[] {1}, new byte[0]);
            assertThatThrownBy(() -> file.load(other)).hasMessageContaining("keyspace 'k'");
            other.keyspace("k").delete(new byte[] {1});
            assertThat(file.load(other).documents()).isEqualTo(1_204);
        }
        file.restore(folder.resolve("store"), StoreOptions.defaults());
        assertThatThrownBy(() -> file.restore(folder.resolve("store"), StoreOptions.defaults()))
                .isInstanceOf(InvalidBackupException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void whatIsTooLargeForATransactionIsRestoredInstead() throws IOException {
        SnapshotFile file = SnapshotFile.at(folder.resolve("file"));
        StoreOptions small = StoreOptions.defaults().withValueBytesMax(10_000).withTransactionBytesMax(100_000);
        try (Store store = Store.openInMemory()) {
            for (int i = 0; i < 200; i++) {
                store.collection("things").insert(Map.of("id", i, "text", "x".repeat(5_000)));
            }
            file.write(store);
        }
        try (Store target = Store.openInMemory(small)) {
            assertThatThrownBy(() -> file.load(target)).isInstanceOf(LimitExceededException.class);
            assertThat(target.collection("things").count()).isZero();
        }
        file.restore(folder.resolve("store"), small);
        try (Store restored = Store.open(folder.resolve("store"))) {
            assertThat(restored.collection("things").count()).isEqualTo(200);
        }
        StoreOptions tiny = StoreOptions.defaults().withValueBytesMax(1_000);
        assertThatThrownBy(() -> file.restore(folder.resolve("none"), tiny)).isInstanceOf(LimitExceededException.class);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("file", "store");
        }
    }

    @Test
    void valuesThatMustBeUniqueAreCheckedWhenTheyAreLoaded() throws IOException {
        Path path = folder.resolve("file.jsonl");
        try (Store store = Store.openInMemory()) {
            store.collection("things").createIndex(IndexDefinition.uniqueOn("n"));
            store.collection("things").insert(Map.of("id", 1, "n", 1));
            store.collection("things").insert(Map.of("id", 2, "n", 2));
            SnapshotFile.at(path).write(store);
        }
        Files.writeString(
                path,
                Files.readString(path).replace("\"n\":2", "\"n\":1").replaceAll(",\"checksum\":\"[0-9a-f]+\"", ""));
        try (Store target = Store.openInMemory()) {
            assertThatThrownBy(() -> SnapshotFile.at(path).load(target))
                    .isInstanceOf(UniqueIndexViolationException.class);
            assertThat(target.collection("things").count()).isZero();
        }
        assertThatThrownBy(() -> SnapshotFile.at(path).restore(folder.resolve("store"), StoreOptions.defaults()))
                .isInstanceOf(UniqueIndexViolationException.class);
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void anOperationThatIsCancelledLeavesNothing() {
        OperationMonitor cancelling = OperationMonitor.of(progress -> {}, () -> true);
        SnapshotFile file = SnapshotFile.at(folder.resolve("file"));
        try (Store store = filled()) {
            file.write(store);
            SnapshotFile other = SnapshotFile.at(folder.resolve("other")).withMonitor(cancelling);
            assertThatThrownBy(() -> other.write(store)).isInstanceOf(OperationCancelledException.class);
        }
        assertThatThrownBy(() -> file.withMonitor(cancelling).restore(folder.resolve("store"), StoreOptions.defaults()))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    static Store filled() {
        Store store = Store.openInMemory();
        DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");
        numbers.createIndex(IndexDefinition.on("n"));
        numbers.createIndex(IndexDefinition.uniqueOn("name", "n"));
        numbers.createIndex(IndexDefinition.on("name")
                .caseInsensitive()
                .descending("n")
                .where(Filter.gte("n", 3).and(Filter.exists("name"))));
        numbers.createIndex(IndexDefinition.onEachElementOf("tags"));
        List<Map<String, @Nullable Object>> many = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            many.add(Map.of(
                    "id",
                    i,
                    "n",
                    i % 7,
                    "tags",
                    List.of(i % 3, "x"),
                    "name",
                    "a name that is the same but for its number " + i));
        }
        numbers.insertAll(many);
        DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", "välue/😀");
        values.put("null", null);
        values.put("numbers", List.of(1, -0.0, 1e300, new BigDecimal("0.10"), new BigInteger("9".repeat(50))));
        values.put("nested", Map.of("$binary", List.of(Map.of(), List.of(), true)));
        things.insert(values);
        for (int i = 0; i < 3; i++) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            changed.put("id", "changed");
            changed.put("n", i);
            things.save(changed);
        }
        things.insert(Map.of("id", "expiring"), Expiry.at(Instant.parse("2200-01-01T00:00:00.123Z")));
        things.insert(Map.of("id", "sliding"), Expiry.afterUnused(Duration.ofDays(100)));
        things.setExpiryPolicy(ExpiryPolicy.atField("until").orElse(ExpiryPolicy.afterUnused(Duration.ofDays(9))));
        store.collection("empty").createIndex(IndexDefinition.on("x"));
        store.collection("empty").setExpiryPolicy(ExpiryPolicy.after(Duration.ofHours(1)));
        for (int i = 0; i < 3; i++) {
            store.keyspace("cache").put(new byte[] {(byte) i}, new byte[] {(byte) i, 2});
        }
        return store;
    }

    /** All documents with their revisions, indexes, expiry policies and entries, as something that can be compared. */
    static Map<String, Object> contents(Store store) {
        Map<String, Object> contents = new LinkedHashMap<>();
        for (var collection : store.stats().collections()) {
            DocumentCollection<Map<String, @Nullable Object>> documents = store.collection(collection.name());
            List<Versioned<Map<String, @Nullable Object>>> found =
                    documents.findVersioned(Query.all()).toList();
            List<Optional<Instant>> expiries = found.stream()
                    .map(document -> documents.expiresAt(document.id()))
                    .toList();
            contents.put(
                    "collection " + collection.name(),
                    List.of(documents.indexes(), documents.expiryPolicy(), found, expiries));
        }
        for (var keyspace : store.stats().keyspaces()) {
            List<String> entries = store.keyspace(keyspace.name())
                    .scan(KeyRange.all())
                    .map(SnapshotFileTests::text)
                    .toList();
            contents.put("keyspace " + keyspace.name(), entries);
        }
        return contents;
    }

    private static String text(KeyValue entry) {
        return Arrays.toString(entry.key()) + Arrays.toString(entry.value());
    }
}
