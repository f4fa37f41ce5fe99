package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.error.StoreIoException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Filter;
import org.storedb.query.Sort;
import org.storedb.search.TextSearch.Freshness;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.internal.Campaign;

class ConcurrentSearchTests {

    private static final TextIndexDefinition NOTES =
            TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());

    private static final int ROUNDS = 150 * Campaign.factor();

    @TempDir
    private Path folder;

    @Test
    void everyoneFindsWhatTheyHaveWritten() throws Exception {
        try (Store store = Store.openInMemory();
                TextIndex index = TextIndex.open(
                        store,
                        NOTES,
                        folder,
                        TextIndexOptions.defaults()
                                .withDelay(Duration.ofMillis(3))
                                .withCommitInterval(Duration.ofMillis(10)))) {
            List<Callable<@Nullable Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String own = "writer" + writer;
                writers.add(() -> writeAndFind(store, index, own));
            }
            runAll(writers);
            assertThat(index.verify().problems()).isEmpty();
            assertThat(index.status().rebuilds()).isZero();
        }
    }

    private static @Nullable Void writeAndFind(Store store, TextIndex index, String own) {
        DocumentCollection<Map<String, @Nullable Object>> notes = store.collection("notes");
        Set<Object> written = new HashSet<>();
        SplittableRandom random = new SplittableRandom(own.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            String id = own + "-" + random.nextInt(20);
            if (random.nextInt(3) == 0) {
                notes.delete(id);
                written.remove(id);
            } else {
                notes.save(Map.of("id", id, "text", own + " round" + round));
                written.add(id);
            }
            TextResults<?> found = index.search(TextSearch.of(own).limit(100).withTotal());
            assertThat(found.hits()).extracting(TextHit::id).containsExactlyInAnyOrderElementsOf(written);
            assertThat(found.total()).hasValue(written.size());
        }
        return null;
    }

    /** Two documents always change together, so every result has both with the same value, or the index mixes states. */
    @Test
    void resultsAreOfOneMoment() throws Exception {
        TextIndexOptions options = TextIndexOptions.defaults().withDelay(Duration.ofMillis(2));
        try (Store store = Store.openInMemory();
                TextIndex index = TextIndex.inMemory(store, NOTES, options)) {
            setBoth(store, 0);
            assertBothAlike(index, TextSearch.of("both"));
            AtomicInteger searching = new AtomicInteger(Freshness.values().length);
            List<Callable<@Nullable Void>> tasks = new ArrayList<>();
            tasks.add(() -> {
                for (int value = 1; searching.get() > 0; value++) {
                    setBoth(store, value);
                    LockSupport.parkNanos(500_000); // Searches that want to be current must be able to follow.
                }
                return null;
            });
            for (Freshness freshness : Freshness.values()) {
                tasks.add(() -> {
                    try {
                        searchBoth(index, freshness);
                    } finally {
                        searching.decrementAndGet();
                    }
                    return null;
                });
            }
            runAll(tasks);
        }
    }

    private static void searchBoth(TextIndex index, Freshness freshness) {
        TextSearch search = TextSearch.of("both").freshness(freshness);
        for (int round = 0; round < ROUNDS; round++) {
            assertBothAlike(index, search);
            assertBothAlike(index, search.sort(Sort.by("value")));
            assertBothAlike(index, search.where(Filter.gte("value", 0)));
        }
    }

    private static void setBoth(Store store, int value) {
        store.runInTransaction(transaction -> {
            DocumentCollection<Map<String, @Nullable Object>> notes = transaction.collection("notes");
            String text = "both value" + value;
            notes.save(Map.of("id", 1L, "value", value, "text", text));
            notes.save(Map.of("id", 2L, "value", value, "text", text));
        });
    }

    private static void assertBothAlike(TextIndex index, TextSearch search) {
        List<Map<String, @Nullable Object>> found = index.search(search).documents();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).get("value")).isEqualTo(found.get(1).get("value"));
        Object value = found.get(0).get("value");
        assertThat(found.get(0).get("text")).as("text and value").isEqualTo("both value" + value);
    }

    @Test
    void rebuildsAndVerificationsGoOnBesideWritesAndSearches() throws Exception {
        try (Store store = Store.openInMemory();
                TextIndex index = TextIndex.open(store, NOTES, folder)) {
            List<Callable<@Nullable Void>> tasks = new ArrayList<>();
            tasks.add(() -> writeAndFind(store, index, "writer"));
            tasks.add(() -> {
                for (int i = 0; i < 10; i++) {
                    index.rebuild(OperationMonitor.none());
                    assertThat(index.verify().problems()).isEmpty();
                }
                return null;
            });
            runAll(tasks);
            assertThat(index.status().rebuilds()).isEqualTo(10);
        }
    }

    @Test
    void anInterruptedSearchHarmsNobodyElse() {
        try (Store store = Store.openInMemory();
                TextIndex index = TextIndex.open(store, NOTES, folder)) {
            DocumentCollection<Map<String, @Nullable Object>> notes = store.collection("notes");
            for (long i = 0; i < 50; i++) {
                notes.save(Map.of("id", i, "text", "word"));
                if (i % 5 == 0) {
                    Thread.currentThread().interrupt();
                    try {
                        index.commit();
                    } catch (StoreIoException | IllegalStateException e) {
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    }
                    assertThat(Thread.interrupted()).isTrue();
                }
                assertThat(index.count(TextSearch.of("word"))).isEqualTo(i + 1);
            }
            assertThat(index.verify().problems()).isEmpty();
            assertThat(index.status().rebuilds()).isZero();
        }
    }

    @Test
    void whoForgetsToCloseAnIndexCanOpenItAgain() throws Exception {
        TextIndexOptions options = TextIndexOptions.defaults().withDelay(Duration.ofMillis(10));
        Path storeFolder = folder.resolve("store");
        try (Store store = Store.open(storeFolder)) {
            TextIndex.open(store, NOTES, folder.resolve("index"), options);
            store.collection("notes").save(Map.of("id", 1L, "text", "word"));
        }
        TimeUnit.MILLISECONDS.sleep(500);
        try (Store store = Store.open(storeFolder);
                TextIndex index = TextIndex.open(store, NOTES, folder.resolve("index"), options)) {
            assertThat(index.count(TextSearch.of("word"))).isEqualTo(1);
        }
    }

    private static void runAll(List<Callable<@Nullable Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<@Nullable Void>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            for (Future<@Nullable Void> each : running) {
                each.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
