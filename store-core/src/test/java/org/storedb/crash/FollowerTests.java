package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Access;
import org.storedb.CheckpointPolicy;
import org.storedb.CompactionPolicy;
import org.storedb.Keyspace;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreStats;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.WriteBatch;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreIoException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;
import org.storedb.view.View;
import org.storedb.view.ViewQuery;

/** Stores that are open for reading only, beside the one that writes. */
class FollowerTests {

    private static final StoreOptions WRITE = StoreOptions.defaults()
            .withSegmentBytes(64 << 10)
            .withCompaction(CompactionPolicy.manual())
            .withCheckpoints(new CheckpointPolicy(false, 1, 1, 1));
    private static final StoreOptions READ = StoreOptions.defaults().withAccess(Access.READ_ONLY);

    @TempDir
    Path folder;

    @Test
    void readerChangesNothingInTheDirectory() throws IOException {
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "value");
        }
        Files.delete(store().resolve("store.lock"));
        Map<String, String> before = files();
        try (Store reader = Store.open(store(), READ)) {
            assertThat(get(reader, "key")).isEqualTo("value");
            reader.refresh();
            assertThat(files()).isEqualTo(before);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void readerNeedsNoRightToWrite() throws IOException {
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "value");
        }
        try (Stream<Path> files = Files.list(store())) {
            files.forEach(file -> assertThat(file.toFile().setWritable(false)).isTrue());
        }
        assertThat(store().toFile().setWritable(false)).isTrue();
        try (Store reader = Store.open(store(), READ)) {
            assertThat(get(reader, "key")).isEqualTo("value");
        } finally {
            assertThat(store().toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void readerSeesLaterCommitsWhenItIsRefreshed() {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            put(writer, "key", "second");
            assertThat(get(reader, "key")).isEqualTo("first");
            assertThat(reader.refresh()).isEqualTo(writer.snapshot().sequence());
            assertThat(get(reader, "key")).isEqualTo("second");
            assertThat(reader.isReadOnly()).isTrue();
            assertThat(writer.isReadOnly()).isFalse();
        }
    }

    @Test
    void tailOfAKilledProcessIsRead() throws IOException {
        Store killed = Store.open(store(), WRITE);
        put(killed, "key", "value");
        Path copy = copyOf(store());
        killed.close();
        try (Store reader = Store.open(copy, READ)) {
            assertThat(get(reader, "key")).isEqualTo("value");
        }
    }

    @Test
    void halfOfAFrameAtTheEndIsNoDamage() throws IOException {
        Store killed = Store.open(store(), WRITE);
        put(killed, "key", "value");
        long end = killed.stats().log().bytesOnDisk();
        Path copy = copyOf(store());
        killed.close();
        try (RandomAccessFile file =
                new RandomAccessFile(copy.resolve("segment-0000000001.log").toFile(), "rw")) {
            file.seek(end);
            file.write("STFR and so on".getBytes(UTF_8));
        }
        try (Store reader = Store.open(copy, READ)) {
            assertThat(get(reader, "key")).isEqualTo("value");
            reader.refresh();
        }
    }

    @Test
    void writerThatClosesAndOpensIsFollowed() {
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "first");
        }
        try (Store reader = Store.open(store(), READ)) {
            for (int i = 0; i < 3; i++) {
                try (Store writer = Store.open(store(), WRITE)) {
                    put(writer, "key", "value" + i);
                    reader.refresh();
                    assertThat(get(reader, "key")).isEqualTo("value" + i);
                }
                reader.refresh();
                assertThat(get(reader, "key")).isEqualTo("value" + i);
            }
            assertThat(follow(reader).rebuilds()).isZero();
        }
    }

    @Test
    void rollOversAndCompactionsAreFollowedAndSnapshotsGoOn() {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            Snapshot held = reader.snapshot();
            for (int i = 0; i < 400; i++) {
                put(writer, "key" + i % 7, "x".repeat(1000) + i);
                if (i % 150 == 0) {
                    writer.compact().join();
                }
                if (i % 40 == 0) {
                    reader.refresh();
                    assertThat(get(reader, "key" + i % 7)).isEqualTo("x".repeat(1000) + i);
                }
            }
            writer.keyspace("entries").delete("key3".getBytes(UTF_8));
            put(writer, "key4", "last");
            writer.compact().join();
            reader.refresh();
            assertThat(get(reader, "key3")).isNull();
            assertThat(get(reader, "key4")).isEqualTo("last");
            assertThat(held.keyspace("entries").get("key".getBytes(UTF_8))).isEqualTo("first".getBytes(UTF_8));
            StoreStats stats = reader.stats();
            assertThat(follow(reader).rebuilds()).isZero();
            assertThat(stats.log().bytesOnDisk()).isEqualTo(writer.stats().log().bytesOnDisk());
            assertThat(stats.log().liveBytes()).isEqualTo(writer.stats().log().liveBytes());
            assertThat(stats.log().segments()).isEqualTo(writer.stats().log().segments());
        }
    }

    @Test
    void collectionsFieldsAndIndexesAppearAndGo() {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            assertThat(reader.collection("people").find(Query.all())).isEmpty();
            writer.collection("people").insert(Map.of("id", "ada", "city", "London"));
            writer.collection("people").createIndex(IndexDefinition.on("city"));
            reader.refresh();
            assertThat(reader.collection("people").indexes()).containsExactly(IndexDefinition.on("city"));
            Query londoners = Query.where(Filter.eq("city", "London"));
            assertThat(reader.collection("people").count(londoners)).isEqualTo(1);
            writer.collection("people").insert(Map.of("id", "bob", "city", "London", "age", 7));
            writer.collection("people").delete("ada");
            reader.refresh();
            assertThat(reader.collection("people").find(londoners).map(person -> person.get("age")))
                    .containsExactly(7);
            writer.collection("people").dropIndex("city");
            reader.refresh();
            assertThat(reader.collection("people").indexes()).isEmpty();
            assertThat(reader.collection("people").count(londoners)).isEqualTo(1);
        }
    }

    @Test
    void refreshReadsNoMoreThanWhatIsNew() {
        MemoryDirectory directory = new MemoryDirectory();
        AtomicInteger reads = new AtomicInteger();
        IoInterceptor counting = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                reads.incrementAndGet();
            }
        };
        try (Store writer = Store.open(directory, WRITE)) {
            writer.collection("people").createIndex(IndexDefinition.on("city"));
            for (int i = 0; i < 2000; i++) {
                writer.collection("people").insert(Map.of("id", i, "city", "city" + i % 10));
            }
            try (Store reader = TestStores.open(
                    new InterceptedDirectory(directory, counting),
                    READ,
                    TestEnvironments.stepped(1, new SteppedTasks()))) {
                writer.collection("people").replace(Map.of("id", 7, "city", "Rome"));
                reads.set(0);
                reader.refresh();
                assertThat(reads.get()).isLessThan(30);
                assertThat(reader.collection("people").count(Query.where(Filter.eq("city", "Rome"))))
                        .isEqualTo(1);
                reads.set(0);
                reader.refresh();
                assertThat(reads.get()).isLessThan(15);
            }
        }
    }

    @Test
    void commitsThatComeWhileTheEndIsReadAreNoDamage() {
        MemoryDirectory directory = new MemoryDirectory();
        try (Store writer = Store.open(directory, WRITE.withSegmentBytes(1 << 20))) {
            put(writer, "key", "first");
            AtomicInteger reads = new AtomicInteger();
            AtomicInteger written = new AtomicInteger();
            IoInterceptor writing = new IoInterceptor() {
                @Override
                public void before(IoOperation operation) {
                    boolean ofLog = operation.file().endsWith(".log") && operation.kind() == IoOperation.Kind.READ;
                    if (ofLog && reads.incrementAndGet() % 3 != 0 && written.get() < 600) {
                        put(writer, "key", "value" + written.incrementAndGet());
                        put(writer, "key", "value" + written.incrementAndGet());
                    }
                }
            };
            try (Store reader = TestStores.open(
                    new InterceptedDirectory(directory, writing),
                    READ,
                    TestEnvironments.stepped(1, new SteppedTasks()))) {
                while (written.get() < 300) {
                    reader.refresh();
                }
                while (written.get() < 600) {
                    TestStores.open(
                                    new InterceptedDirectory(directory, writing),
                                    READ,
                                    TestEnvironments.stepped(1, new SteppedTasks()))
                            .close();
                }
                reader.refresh();
                assertThat(get(reader, "key")).isEqualTo("value600");
                assertThat(follow(reader).rebuilds()).isZero();
            }
        }
    }

    @Test
    void readerOpensFromACheckpoint() {
        StoreOptions withCheckpoint = WRITE.withCheckpoints(new CheckpointPolicy(true, 1, 0.1, 1));
        try (Store writer = Store.open(store(), withCheckpoint)) {
            for (int i = 0; i < 200; i++) {
                put(writer, "key" + i, "x".repeat(1000));
            }
        }
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "behind");
            try (Store reader = Store.open(store(), READ)) {
                assertThat(reader.stats().open().checkpointUsed()).isTrue();
                assertThat(get(reader, "key")).isEqualTo("behind");
                assertThat(get(reader, "key199")).isEqualTo("x".repeat(1000));
                put(writer, "key", "later");
                reader.refresh();
                assertThat(get(reader, "key")).isEqualTo("later");
            }
        }
    }

    @Test
    void followerRefreshesByItself() {
        SteppedTasks tasks = new SteppedTasks();
        MemoryDirectory directory = new MemoryDirectory();
        try (Store writer = Store.open(directory, WRITE)) {
            put(writer, "key", "first");
            try (Store reader = TestStores.open(
                    directory, StoreOptions.defaults().withAccess(Access.FOLLOW), TestEnvironments.stepped(1, tasks))) {
                put(writer, "key", "second");
                tasks.runRepeated();
                assertThat(get(reader, "key")).isEqualTo("second");
                assertThat(follow(reader).refreshes()).isEqualTo(1);
            }
        }
    }

    @Test
    void anInterruptedReaderRestsBetweenItsAttempts() throws IOException {
        Files.createDirectory(store());
        long startNanos = System.nanoTime();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Store.open(store(), READ)).isInstanceOf(StoreIoException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void commitOfAnotherStoreCanBeAwaited() throws Exception {
        StoreOptions follow = READ.withAccess(Access.FOLLOW).withFollowInterval(Duration.ofMillis(5));
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first");
                Store follower = Store.open(store(), follow)) {
            long next = writer.snapshot().sequence() + 1;
            assertThat(reader.awaitSequence(next, Duration.ofMillis(20))).isFalse();
            Thread writing = new Thread(() -> put(writer, "key", "second"));
            writing.start();
            assertThat(reader.awaitSequence(next, Duration.ofSeconds(30))).isTrue();
            assertThat(get(reader, "key")).isEqualTo("second");
            writing.join();
            for (int i = 0; follower.snapshot().sequence() < next && i < 3000; i++) {
                Thread.sleep(10);
            }
            assertThat(get(follower, "key")).isEqualTo("second");
        }
    }

    @Test
    void allWritesAreRefused() {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            writer.collection("people").createIndex(IndexDefinition.on("city"));
            reader.refresh();
            try (Transaction transaction = reader.begin()) {
                assertThat(transaction.keyspace("entries").get("key".getBytes(UTF_8)))
                        .isNotNull();
                assertThat(transaction.keyspace("others").get("key".getBytes(UTF_8)))
                        .isNull();
                assertRefused(() -> transaction.keyspace("entries").put(new byte[1], new byte[1]));
                assertRefused(() -> transaction.collection("people").insert(Map.of("name", "Ada")));
                transaction.commit();
            }
            assertRefused(() -> put(reader, "key", "second"));
            assertRefused(() -> reader.keyspace("new").put(new byte[1], new byte[1]));
            assertRefused(() -> reader.keyspace("entries").delete("key".getBytes(UTF_8)));
            assertRefused(() -> reader.keyspace("entries").write(new WriteBatch().put(new byte[1], new byte[1])));
            assertRefused(() -> reader.collection("people").insert(Map.of("name", "Ada")));
            assertRefused(() -> reader.collection("people").save(Map.of("id", 1, "name", "Ada")));
            assertRefused(() -> reader.collection("people").delete(Query.all()));
            assertRefused(() -> reader.collection("people").createIndex(IndexDefinition.on("city")));
            assertRefused(() -> reader.collection("people").dropIndex("city"));
            assertRefused(
                    () -> reader.runInTransaction(own -> own.keyspace("entries").put(new byte[1], new byte[1])));
            assertRefused(reader::sync);
            assertRefused(() -> reader.compact().join());
            assertThat(reader.compactionStatus().running()).isFalse();
            assertThatThrownBy(() -> reader.snapshot().keyspace("entries").put(new byte[1], new byte[1]))
                    .isInstanceOf(ReadOnlyException.class);
        }
    }

    @Test
    void storeThatIsNotThereIsNotCreated() throws IOException {
        assertThatThrownBy(() -> Store.open(store(), READ))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("There is no store in");
        assertThat(store()).doesNotExist();
        Files.createDirectory(store());
        assertThatThrownBy(() -> Store.open(store(), READ))
                .isInstanceOf(StoreIoException.class)
                .hasMessageContaining("'manifest' is missing");
        assertThat(files()).isEmpty();
    }

    @Test
    void otherStoreInTheSamePlaceIsNotFollowed() throws IOException {
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "first");
        }
        try (Store reader = Store.open(store(), READ)) {
            deleteFiles();
            try (Store other = Store.open(store(), WRITE)) {
                put(other, "key", "other");
                assertThatThrownBy(reader::refresh)
                        .isInstanceOf(StoreFailedException.class)
                        .hasMessageContaining(other.stats().id().toString());
                assertThat(reader.stats().failure()).contains("can no longer be followed");
                assertThat(get(reader, "key")).isEqualTo("first");
            }
        }
    }

    @Test
    void olderCopyOfTheStoreIsReadAnew() throws IOException {
        Path copy;
        try (Store writer = Store.open(store(), WRITE)) {
            put(writer, "key", "first");
            copy = copyOf(store());
            put(writer, "key", "second");
            put(writer, "key", "third");
        }
        try (Store reader = Store.open(store(), READ)) {
            putBack(copy);
            try (Store writer = Store.open(store(), WRITE)) {
                put(writer, "key", "another second");
                reader.refresh();
                assertThat(get(reader, "key")).isEqualTo("another second");
                assertThat(follow(reader).rebuilds()).isEqualTo(1);
            }
        }
    }

    @Test
    void viewsOfAnOlderCopyOfTheStoreAreMadeAnew() throws IOException {
        Path copy;
        try (Store writer = Store.open(store(), WRITE)) {
            writer.collection("people").insert(Map.of("id", "ada", "city", "London"));
            copy = copyOf(store());
            writer.collection("people").insert(Map.of("id", "bob", "city", "Paris"));
        }
        try (Store reader = Store.open(store(), READ)) {
            View<Map<String, @Nullable Object>> cities = reader.collection("people")
                    .view("cities", 1, (person, rows) -> rows.emit(person.get("city"), null));
            assertThat(cities.countByKey(ViewQuery.all())).containsOnlyKeys("London", "Paris");
            putBack(copy);
            try (Store writer = Store.open(store(), WRITE)) {
                writer.collection("people").insert(Map.of("id", "bob", "city", "Rome"));
                reader.refresh();
                assertThat(follow(reader).rebuilds()).isEqualTo(1);
                assertThat(cities.countByKey(ViewQuery.all())).containsOnlyKeys("London", "Rome");
            }
        }
    }

    @Test
    void damageOfWhatWasDurableIsReported() throws IOException {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            for (int i = 0; i < 100; i++) {
                put(writer, "key" + i, "x".repeat(1000));
            }
            try (RandomAccessFile file = new RandomAccessFile(
                    store().resolve("segment-0000000001.log").toFile(), "rw")) {
                file.seek(10_000);
                file.write('y');
            }
            assertThatThrownBy(reader::refresh)
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("segment-0000000001.log");
            assertThat(reader.stats().failure()).contains("is damaged");
            assertThat(get(reader, "key")).isEqualTo("first");
        }
    }

    @Test
    void damageInTheSegmentThatIsAppendedToIsReported() throws IOException {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            long end = writer.stats().log().bytesOnDisk();
            put(writer, "key", "second");
            put(writer, "key", "third");
            put(writer, "key", "fourth");
            try (RandomAccessFile file = new RandomAccessFile(
                    store().resolve("segment-0000000001.log").toFile(), "rw")) {
                file.seek(end + 10);
                int whole = file.read();
                file.seek(end + 10);
                file.write(whole ^ 1);
            }
            assertThatThrownBy(reader::refresh).isInstanceOf(CorruptStoreException.class);
            assertThat(get(reader, "key")).isEqualTo("first");
        }
    }

    @Test
    void interruptedThreadReadsOn() {
        try (Store writer = Store.open(store(), WRITE);
                Store reader = readerAfter(writer, "first")) {
            for (int i = 0; i < 100; i++) {
                put(writer, "key", "x".repeat(1000) + i);
                Thread.currentThread().interrupt();
                reader.refresh();
                assertThat(get(reader, "key")).isEqualTo("x".repeat(1000) + i);
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    private static void assertRefused(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("is open for reading only");
    }

    private static StoreStats.FollowStats follow(Store reader) {
        return Objects.requireNonNull(reader.stats().follow());
    }

    private Store readerAfter(Store writer, String value) {
        put(writer, "key", value);
        return Store.open(store(), READ);
    }

    private Path store() {
        return folder.resolve("store");
    }

    private static void put(Store store, String key, String value) {
        store.keyspace("entries").put(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static @Nullable String get(Store store, String key) {
        Keyspace keyspace = store.keyspace("entries");
        byte[] value = keyspace.get(key.getBytes(UTF_8));
        return value == null ? null : new String(value, UTF_8);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.toList()) {
                found.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " " + List.of(Files.readAllBytes(file).length));
            }
        }
        return found;
    }

    private Path copyOf(Path directory) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    /** Has the files of a copy in the place of the store's. */
    private void putBack(Path copy) throws IOException {
        deleteFiles();
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.copy(file, store().resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void deleteFiles() throws IOException {
        try (Stream<Path> files = Files.list(store())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
