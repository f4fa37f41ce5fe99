package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.ChangeRetention;
import org.storedb.CompactionPolicy;
import org.storedb.Compression;
import org.storedb.DocumentCollection;
import org.storedb.EncryptionKeys;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What changes tell of what was there before. */
class BeforeTests {

    /** How values are stored. */
    enum Variant {
        PLAIN,
        COMPRESSED_AND_ENCRYPTED
    }

    private final SimulatedDirectory files = new SimulatedDirectory();
    private SteppedTasks tasks = new SteppedTasks();

    @ParameterizedTest
    @EnumSource
    void eachChangeTellsWhatWasThere(Variant variant) {
        StoreOptions options = variant == Variant.PLAIN
                ? options()
                : options().withCompression(Compression.lz4()).withEncryption(EncryptionKeys.of("k", new byte[32]));
        try (Store store = open(options)) {
            save(store, "old", "was there");
            ChangeReader reader = store.changes().read(ChangeRequest.all().withBefore());
            save(store, "new", "first");
            save(store, "new", "second");
            save(store, "old", "changed " + "x".repeat(2000));
            save(store, "old", "again");
            store.collection("people").delete("old");
            store.keyspace("k").put("a".getBytes(UTF_8), "1".getBytes(UTF_8));
            store.keyspace("k").put("a".getBytes(UTF_8), "2".getBytes(UTF_8));
            store.keyspace("k").delete("a".getBytes(UTF_8));

            assertThat(drain(reader))
                    .containsExactly(
                            "INSERT new: nothing",
                            "UPDATE new: 0 first",
                            "UPDATE old: 0 was there",
                            "UPDATE old: 1 changed " + "x".repeat(2000),
                            "DELETE old: 2 again",
                            "PUT a: nothing",
                            "PUT a: 1",
                            "DELETE a: 2");
        }
    }

    @Test
    void itIsWhatWasThereBeforeTheWholeTransaction() {
        try (Store store = open(options())) {
            save(store, "a", "before");
            ChangeReader reader = store.changes().read(ChangeRequest.all().withBefore());
            store.runInTransaction(transaction -> {
                DocumentCollection<Map<String, Object>> people = people(transaction.collection("people"));
                people.save(Map.of("id", "a", "name", "between"));
                people.save(Map.of("id", "a", "name", "after"));
                people.insert(Map.of("id", "b", "name", "between"));
                people.save(Map.of("id", "b", "name", "after"));
            });
            assertThat(drain(reader)).containsExactly("UPDATE a: 0 before", "INSERT b: nothing");
        }
    }

    @Test
    void whyItIsNotKnownIsSaid() {
        try (Store store = open(options())) {
            save(store, "a", "1");
            long start = store.snapshot().sequence();
            save(store, "a", "2");
            store.keyspace("k").put("k".getBytes(UTF_8), "1".getBytes(UTF_8));
            ChangeReader asking =
                    store.changes().read(ChangeRequest.all().after(start).withBefore());
            save(store, "a", "3");

            assertThat(drain(store.changes().read(ChangeRequest.all().after(start))))
                    .containsExactly("UPDATE a: NOT_ASKED_FOR", "PUT k: NOT_ASKED_FOR", "UPDATE a: NOT_ASKED_FOR");
            assertThat(drain(asking)).containsExactly("UPDATE a: NOT_NOTED", "PUT k: NOT_NOTED", "UPDATE a: 1 2");
            asking.close();
            save(store, "a", "4");
            assertThat(drain(store.changes()
                            .read(ChangeRequest.all().after(start).withBefore())))
                    .endsWith("UPDATE a: NOT_NOTED");
        }
    }

    @Test
    void whatACompactionHasRemovedIsNotKnown() {
        try (Store store = open(options())) {
            save(store, "a", "removed");
            ChangeReader reader = store.changes().read(ChangeRequest.all().withBefore());
            for (int i = 0; i < 100; i++) {
                store.keyspace("k").put("k".getBytes(UTF_8), new byte[1000]);
            }
            drain(reader);
            long start = reader.position();
            save(store, "a", "after");
            var done = store.compact();
            tasks.runWaiting();
            assertThat(done).isCompleted();
            assertThat(store.changes().oldestPosition()).isGreaterThanOrEqualTo(start);

            // The change itself was delivered from the segment that the reader stood in.
            assertThat(drain(reader)).containsExactly("UPDATE a: REMOVED");
        }
    }

    @Test
    void aNameThatAsksForItIsRememberedWhileItIsAway() {
        ChangeRequest request = ChangeRequest.all().named("auditor").withBefore();
        try (Store store = open(options())) {
            store.changes().read(request).close();
            save(store, "a", "1");
            save(store, "a", "2");
        }
        tasks = new SteppedTasks();
        try (Store store = open(options())) {
            save(store, "a", "3");
            assertThat(drain(store.changes().read(request)))
                    .containsExactly("INSERT a: nothing", "UPDATE a: 0 1", "UPDATE a: 1 2");
        }
        tasks = new SteppedTasks();
        try (Store store = open(options())) {
            store.changes().forget("auditor");
            ChangeReader later = store.changes().read(ChangeRequest.all().named("later"));
            save(store, "a", "4");
            assertThat(drain(later)).containsExactly("UPDATE a: NOT_ASKED_FOR");
            later.close();
            long position = Objects.requireNonNull(store.changes().positions().get("later"));
            assertThat(drain(store.changes()
                            .read(ChangeRequest.all().after(position - 1).withBefore())))
                    .as("nobody asked any more")
                    .contains("UPDATE a: NOT_NOTED");
        }
    }

    @Test
    void imagesOutliveTheStore() {
        List<Change> changes = new ArrayList<>();
        try (Store store = open(options())) {
            save(store, "a", "1");
            ChangeReader reader = store.changes().read(ChangeRequest.all().withBefore());
            save(store, "a", "2");
            changes.addAll(Objects.requireNonNull(reader.poll()).changes());
        }
        assertThat(line(changes.get(0))).isEqualTo("UPDATE a: 0 1");
    }

    private static List<String> drain(ChangeReader reader) {
        List<String> lines = new ArrayList<>();
        for (ChangeTransaction next = reader.poll(); next != null; next = reader.poll()) {
            next.changes().forEach(change -> lines.add(line(change)));
        }
        return lines;
    }

    private static String line(Change change) {
        if (change instanceof DocumentChange document) {
            return document.kind() + " " + document.id() + ": "
                    + text(
                            document.before(),
                            image -> image.revision() + " " + image.toMap().get("name"));
        }
        ValueChange value = (ValueChange) change;
        return value.kind() + " " + new String(value.key(), UTF_8) + ": "
                + text(value.before(), bytes -> new String(bytes, UTF_8));
    }

    private static <T> String text(Before<T> before, java.util.function.Function<T, String> content) {
        if (before instanceof Before.Unknown<T> unknown) {
            assertThat(before.content()).isEmpty();
            return unknown.reason().name();
        }
        return before.content().map(content).orElse("nothing");
    }

    private static void save(Store store, String id, String name) {
        var unused = people(store.collection("people")).save(Map.of("id", id, "name", name));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Maps without null values.
    private static DocumentCollection<Map<String, Object>> people(DocumentCollection collection) {
        return collection;
    }

    private static StoreOptions options() {
        return StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withCompaction(CompactionPolicy.manual())
                .withChangeRetention(ChangeRetention.none());
    }

    private Store open(StoreOptions options) {
        return TestStores.open(files, options, TestEnvironments.stepped(1, tasks));
    }
}
