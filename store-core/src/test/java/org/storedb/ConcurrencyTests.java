package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Writers, readers, index builds and compactions side by side; what hangs fails by its timeout. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrencyTests {

    private static final int WRITERS = 16;

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void groupsOfDurableCommitsLoseNoneAndKeepNobodyWaiting() throws Exception {
        int writesEach = 50;
        try (Store store = Store.open(directory)) {
            Keyspace keyspace = store.keyspace("test");
            inThreads(WRITERS, writer -> {
                for (int i = 0; i < writesEach; i++) {
                    byte[] key = (writer + "-" + i).getBytes(UTF_8);
                    keyspace.put(key, key);
                    assertThat(keyspace.get(key)).isEqualTo(key);
                }
            });
            assertThat(keyspace.count()).isEqualTo((long) WRITERS * writesEach);
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.keyspace("test").count()).isEqualTo((long) WRITERS * writesEach);
        }
    }

    @Test
    void indexBuildsAndCompactionsAreNotKeptOutByWriters() throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .withDurability(Durability.OS)
                .withSegmentBytes(64 << 10)
                .withCompaction(CompactionPolicy.manual());
        try (Store store = Store.open(directory, options)) {
            var documents = store.collection("test");
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int own = writer;
                writers.add(threads.submit(() -> {
                    for (long i = 0; i < 100 || !stop.get(); i++) {
                        documents.save(Map.of("id", own + "-" + i % 100, "writer", own, "i", i));
                    }
                    return null;
                }));
            }
            for (int round = 0; round < 10; round++) {
                documents.createIndex(IndexDefinition.on("writer", "i"));
                store.compact().get();
                Snapshot snapshot = store.snapshot();
                var then = snapshot.collection("test");
                for (int writer = 0; writer < 4; writer++) {
                    Query query = Query.where(Filter.eq("writer", writer));
                    assertThat(then.find(query)).hasSize((int) then.count(query));
                }
                assertThat(documents.dropIndex("writer_i")).isTrue();
            }
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(documents.count()).isEqualTo(400);
            assertThat(store.compact().get().failure()).isNull();
            assertThat(store.stats().log().bytesOnDisk()).isLessThan(200_000);
        }
        try (Store store = Store.open(directory, options)) {
            assertThat(store.collection("test").count()).isEqualTo(400);
        }
    }

    private void inThreads(int count, IndexedWork work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            running.add(threads.submit(() -> {
                work.run(index);
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    private interface IndexedWork {
        void run(int index) throws Exception;
    }
}
