package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Access;
import org.storedb.ChangeRetention;
import org.storedb.DocumentCollection;
import org.storedb.SnapshotFile;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreLockedException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;

/** What becomes of an index whose files, or whose store, are not as they were when it was closed. */
class IndexRecoveryTests {

    private static final TextIndexDefinition NOTES =
            TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());

    @TempDir
    private Path folder;

    private final AtomicInteger built = new AtomicInteger();
    private Path storeFolder = Path.of("");
    private Path indexFolder = Path.of("");

    @BeforeEach
    void folders() {
        storeFolder = folder.resolve("store");
        indexFolder = folder.resolve("index");
    }

    private Store openStore() {
        return Store.open(storeFolder, options());
    }

    private static StoreOptions options() {
        return StoreOptions.defaults().withSegmentBytes(1 << 16);
    }

    private TextIndex openIndex(Store store) {
        return openIndex(store, NOTES);
    }

    /** Opens the index; {@code built} counts the documents that are read for that, which none are if it goes on. */
    private TextIndex openIndex(Store store, TextIndexDefinition definition) {
        built.set(0);
        return TextIndex.open(
                store,
                definition,
                indexFolder,
                TextIndexOptions.defaults()
                        .withDelay(Duration.ofHours(1))
                        .withMonitor(OperationMonitor.of(progress -> built.set((int) progress.done()))));
    }

    private static void write(Store store, int from, int to) {
        store.collection("notes")
                .saveAll(IntStream.range(from, to)
                        .<Map<String, @Nullable Object>>mapToObj(
                                i -> Map.of("id", (long) i, "text", "note number" + i + " " + "filler ".repeat(10)))
                        .toList());
    }

    private static long found(TextIndex index, String query) {
        return index.count(TextSearch.of(query));
    }

    private static void assertSound(TextIndex index, int documents) {
        assertThat(index.verify().problems()).isEmpty();
        assertThat(index.verify().documents()).isEqualTo(documents);
        assertThat(found(index, "note")).isEqualTo(documents);
    }

    private void makeIndexOf(int documents) {
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            write(store, 0, documents);
            assertSound(index, documents);
        }
    }

    @Test
    void anIndexGoesOnFromTheLog() {
        makeIndexOf(100);
        try (Store store = openStore()) {
            write(store, 100, 150);
            store.collection("notes").delete(0L);
            try (TextIndex index = openIndex(store)) {
                assertThat(built).hasValue(0);
                assertThat(index.status().rebuilds()).isZero();
                assertThat(index.status().committedSequence()).isPositive();
                assertSound(index, 149);
            }
        }
    }

    @Test
    void anIndexThatWasNotClosedGoesOnFromItsLastCommit() {
        Store store = openStore();
        TextIndex index = openIndex(store);
        write(store, 0, 50);
        index.commit();
        long committed = index.status().committedSequence();
        write(store, 50, 60);
        assertThat(found(index, "note")).isEqualTo(60);
        store.close(); // Before the index, which cannot be committed any more.
        index.close();
        try (Store again = openStore();
                TextIndex resumed = openIndex(again)) {
            assertThat(built).hasValue(0);
            assertThat(resumed.status().committedSequence()).isEqualTo(committed);
            assertSound(resumed, 60);
        }
    }

    @Test
    void anIndexWithoutFilesIsBuilt() throws IOException {
        makeIndexOf(30);
        deleteFiles(indexFolder);
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            assertThat(built).hasValue(30);
            assertSound(index, 30);
        }
    }

    @Test
    void anIndexOfAnotherDefinitionIsBuiltAnew() {
        makeIndexOf(30);
        TextIndexDefinition english =
                TextIndexDefinition.of("notes").field("text", TextAnalyzer.language(Language.ENGLISH));
        try (Store store = openStore();
                TextIndex index = openIndex(store, english)) {
            assertThat(built).hasValue(30);
            assertThat(index.status().rebuildReason()).contains("definition has changed");
            assertThat(found(index, "notes")).isEqualTo(30);
            assertThat(index.verify().problems()).isEmpty();
        }
    }

    @Test
    void otherBoostsAreNoOtherDefinition() {
        makeIndexOf(30);
        try (Store store = openStore();
                TextIndex index =
                        openIndex(store, TextIndexDefinition.of("notes").field("text", TextAnalyzer.words(), 5))) {
            assertThat(built).hasValue(0);
            assertSound(index, 30);
        }
    }

    @Test
    void anIndexOfAnotherStoreIsBuiltAnew() {
        makeIndexOf(30);
        storeFolder = folder.resolve("other");
        try (Store store = openStore()) {
            write(store, 500, 520);
            for (int i = 0; i < 50; i++) { // Its sequences go beyond those of the first store.
                store.keyspace("other").put(new byte[] {1}, new byte[] {1});
            }
            try (TextIndex index = openIndex(store)) {
                assertThat(index.status().rebuildReason()).contains("another store");
                assertSound(index, 20);
            }
        }
    }

    @Test
    void anIndexThatIsAheadOfAStoreThatWasPutBackIsBuiltAnew() throws IOException {
        makeIndexOf(30);
        Path copy = folder.resolve("copy");
        copyFiles(storeFolder, copy);
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            write(store, 30, 60);
            assertSound(index, 60);
        }
        storeFolder = copy; // It knows nothing of what came after, and goes on with the same sequences.
        try (Store store = openStore()) {
            for (int i = 0; i < 50; i++) {
                write(store, 1_000 + i, 1_001 + i);
            }
            try (TextIndex index = openIndex(store)) {
                assertThat(index.status().rebuildReason()).contains("backup was restored");
                assertSound(index, 80);
            }
        }
    }

    @Test
    void anOlderIndexGoesOnIfItIsOfTheSameHistory() throws IOException {
        makeIndexOf(30);
        Path copy = folder.resolve("copy");
        copyFiles(indexFolder, copy);
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            write(store, 30, 60);
            assertSound(index, 60);
        }
        indexFolder = copy;
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            assertThat(built).hasValue(0);
            assertSound(index, 60);
        }
    }

    @Test
    void changesThatAreLostLeadToANewIndex() {
        makeIndexOf(300);
        try (Store store = Store.open(storeFolder, options().withChangeRetention(ChangeRetention.none()))) {
            for (int round = 0; round < 20; round++) {
                write(store, 0, 400);
            }
            store.compact().join();
            assertThat(store.changes().oldestPosition()).isGreaterThan(20);
            try (TextIndex index = openIndex(store)) {
                assertThat(index.status().rebuildReason()).contains("compaction");
                assertSound(index, 400);
            }
        }
    }

    @Test
    void compactionsKeepWhatTheIndexDoesNotHave() {
        makeIndexOf(300);
        try (Store store = openStore()) {
            for (int round = 0; round < 20; round++) {
                write(store, 0, 400);
            }
            store.compact().join();
            try (TextIndex index = openIndex(store)) {
                assertThat(built).hasValue(0);
                assertSound(index, 400);
            }
        }
    }

    @Test
    void changesThatAreLostWhileTheIndexIsOpenLeadToANewOne() {
        try (Store store = Store.open(storeFolder, options().withChangeRetention(ChangeRetention.none()));
                TextIndex index = openIndex(store)) {
            for (int round = 0; round < 20; round++) {
                write(store, 0, 400);
            }
            store.compact().join();
            store.collection("notes").delete(0L);
            assertSound(index, 399);
        }
    }

    @Test
    void damageIsMetOrFound() throws IOException {
        makeIndexOf(200);
        Path sound = folder.resolve("sound");
        copyFiles(indexFolder, sound);
        int rebuilt = 0;
        int reported = 0;
        for (Path file : files(sound)) {
            for (Damage damage : Damage.values()) {
                deleteFiles(indexFolder);
                copyFiles(sound, indexFolder);
                damage.on(indexFolder.resolve(file.getFileName()));
                try (Store store = openStore();
                        TextIndex index = openIndex(store)) {
                    TextIndexReport report = index.verify();
                    rebuilt += index.status().rebuilds();
                    if (!report.isSound()) {
                        reported++;
                        index.rebuild(OperationMonitor.none());
                    }
                    assertSound(index, 200);
                }
            }
        }
        assertThat(rebuilt).as("met").isGreaterThan(10);
        assertThat(reported).as("found by a verification").isGreaterThan(0);
    }

    private enum Damage {
        LOST {
            @Override
            void on(Path file) throws IOException {
                Files.delete(file);
            }
        },
        CUT {
            @Override
            void on(Path file) throws IOException {
                try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                    opened.setLength(opened.length() / 2);
                }
            }
        },
        CHANGED {
            @Override
            void on(Path file) throws IOException {
                try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                    if (opened.length() > 0) {
                        opened.seek(opened.length() / 2);
                        int old = opened.read();
                        opened.seek(opened.length() / 2);
                        opened.write(old ^ 0x55);
                    }
                }
            }
        };

        abstract void on(Path file) throws IOException;
    }

    @Test
    void aVerificationFindsWhatIsMissingOrStale() throws IOException {
        makeIndexOf(20);
        SabotagedIndex.change(indexFolder);
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            assertThat(built).hasValue(0);
            assertThat(index.verify().problems())
                    .containsExactlyInAnyOrder(
                            "Document 3 of notes is not in the index",
                            "Document 4 of notes is in the index with revision 77, not 0",
                            "Document 5 of notes is in the index with different text",
                            "Document 6 of notes is in the index 2 times",
                            "The index has 1 documents that do not exist in notes");
            index.rebuild(OperationMonitor.none());
            assertSound(index, 20);
        }
    }

    @Test
    void aBuildCanBeCancelled() {
        try (Store store = openStore()) {
            write(store, 0, 5_000);
            TextIndexOptions cancelled =
                    TextIndexOptions.defaults().withMonitor(OperationMonitor.of(progress -> {}, () -> true));
            assertThatExceptionOfType(OperationCancelledException.class)
                    .isThrownBy(() -> TextIndex.open(store, NOTES, indexFolder, cancelled));
            try (TextIndex index = openIndex(store)) {
                assertSound(index, 5_000);
            }
        }
    }

    @Test
    void aDirectoryIsForOneIndexAndForNothingElse() throws IOException {
        makeIndexOf(3);
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .as("the same name")
                    .isThrownBy(() -> TextIndex.open(store, NOTES, folder.resolve("elsewhere")));
            assertThatExceptionOfType(StoreLockedException.class)
                    .as("the same directory")
                    .isThrownBy(() -> TextIndex.open(store, NOTES.named("second"), indexFolder))
                    .withMessageContaining("already open");
            assertSound(index, 3);
            Files.writeString(Files.createDirectories(folder.resolve("letters")).resolve("letter.txt"), "Dear");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> TextIndex.open(store, NOTES.named("third"), folder.resolve("letters")))
                    .withMessageContaining("letter.txt");
            assertThat(folder.resolve("letters")).isDirectoryContaining(file -> file.endsWith("letter.txt"));
        }
    }

    @Test
    void hiddenFilesOfOthersDoNotMatter() throws IOException {
        makeIndexOf(3);
        Path hidden = Files.createFile(indexFolder.resolve(".DS_Store"));
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            index.rebuild(OperationMonitor.none());
            assertSound(index, 3);
        }
        assertThat(hidden).exists();
    }

    @Test
    void anIndexThatCannotFollowIsNotLeftOpen() {
        try (Store store = openStore()) {
            TextIndexOptions tooLong = TextIndexOptions.defaults().withDelay(Duration.ofSeconds(Long.MAX_VALUE));
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> TextIndex.open(store, NOTES, indexFolder, tooLong));
            write(store, 0, 3);
            try (TextIndex index = openIndex(store)) {
                assertSound(index, 3);
            }
        }
    }

    @Test
    void aSnapshotFileCanBeLoadedWhileTheIndexIsOpen() {
        makeIndexOf(20);
        SnapshotFile file = SnapshotFile.at(folder.resolve("notes.snapshot"));
        try (Store store = openStore()) {
            file.write(store);
        }
        try (Store other = Store.open(folder.resolve("other"))) {
            try (TextIndex index = TextIndex.open(other, NOTES, folder.resolve("other-text"))) {
                file.load(other);
                assertSound(index, 20);
            }
            try (TextIndex index = TextIndex.open(other, NOTES, folder.resolve("other-text"))) {
                assertSound(index, 20);
                assertThat(index.status().rebuilds()).isZero();
            }
        }
    }

    @Test
    void severalIndexesOfAStoreDoNotDisturbEachOther() {
        try (Store store = openStore();
                TextIndex one = openIndex(store);
                TextIndex two = TextIndex.open(store, NOTES.named("two"), folder.resolve("two"))) {
            for (int i = 0; i < 30; i++) {
                write(store, i, i + 1);
                (i % 2 == 0 ? one : two).commit();
            }
            assertSound(one, 30);
            assertSound(two, 30);
        }
        try (Store store = openStore();
                TextIndex one = openIndex(store);
                TextIndex two = TextIndex.open(store, NOTES.named("two"), folder.resolve("two"))) {
            assertThat(one.status().rebuilds() + two.status().rebuilds()).isZero();
            assertSound(one, 30);
            assertSound(two, 30);
        }
    }

    @Test
    void whoReadsOnlyHasAnIndexInMemory() {
        try (Store store = openStore()) {
            write(store, 0, 10);
            try (Store follower = Store.open(storeFolder, options().withAccess(Access.FOLLOW))) {
                assertThatExceptionOfType(ReadOnlyException.class)
                        .isThrownBy(() -> TextIndex.open(follower, NOTES, indexFolder))
                        .withMessageContaining("inMemory");
                try (TextIndex index = TextIndex.inMemory(follower, NOTES)) {
                    assertThat(found(index, "note")).isEqualTo(10);
                    write(store, 10, 15);
                    follower.refresh();
                    assertThat(found(index, "note")).isEqualTo(15);
                    assertThat(index.verify().problems()).isEmpty();
                }
            }
        }
    }

    @Test
    void commitsOfOthersAreNotKeptForAnIndexThatHasNothingToSay() {
        try (Store store = openStore();
                TextIndex index = openIndex(store)) {
            write(store, 0, 3);
            index.commit();
            long committed = index.status().committedSequence();
            DocumentCollection<Map<String, @Nullable Object>> others = store.collection("others");
            for (int i = 0; i < 5_100; i++) {
                others.save(Map.of("id", 1L, "i", i));
            }
            assertSound(index, 3);
            assertThat(index.status().committedSequence()).isGreaterThan(committed + 5_000);
        }
    }

    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    static void deleteFiles(Path directory) throws IOException {
        for (Path file : files(directory)) {
            Files.delete(file);
        }
    }

    static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            if (Files.isRegularFile(file)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
