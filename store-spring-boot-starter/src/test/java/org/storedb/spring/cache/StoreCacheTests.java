package org.storedb.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.core.Ordered;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.spring.transaction.StoreTransactionManager;

class StoreCacheTests {

    private final Store store = Store.openInMemory();
    private final StoreCacheManager manager = managerWith(Map.of());
    private final Cache cache = Objects.requireNonNull(manager.getCache("prices"));
    private final TransactionTemplate transaction = new TransactionTemplate(new StoreTransactionManager(store));

    @AfterEach
    void close() {
        store.close();
    }

    private StoreCacheManager managerWith(Map<String, StoreCacheSettings> settings) {
        return new StoreCacheManager(store, new JavaCacheSerializer(null), StoreCacheSettings.defaults(), settings);
    }

    @Test
    void whatIsPutIsThereUntilItIsEvicted() {
        assertThat(cache.get("a")).isNull();
        cache.put("a", new BigDecimal("1.50"));
        assertThat(cache.get("a", BigDecimal.class)).isEqualTo("1.50");
        assertThatThrownBy(() -> cache.get("a", String.class)).isInstanceOf(IllegalStateException.class);
        cache.put("a", new BigDecimal("2"));
        assertThat(cache.get("a", BigDecimal.class)).isEqualTo("2");
        cache.evict("a");
        assertThat(cache.get("a")).isNull();
        cache.evict("a");
    }

    @Test
    void failuresOfTheStoreAreThoseOfSpring() {
        store.close();
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> cache.get("a"),
                () -> cache.put("a", 1),
                () -> cache.putIfAbsent("a", 1),
                () -> cache.evict("a"),
                () -> cache.evictIfPresent("a"),
                cache::clear,
                cache::invalidate)) {
            assertThatThrownBy(use).isInstanceOf(DataAccessResourceFailureException.class);
        }
    }

    @Test
    void nullIsAValueUnlessSettingsSayOtherwise() {
        cache.put("a", null);
        assertThat(cache.get("a"))
                .isNotNull()
                .extracting(Cache.ValueWrapper::get)
                .isNull();
        Cache without = managerWith(Map.of("w", StoreCacheSettings.defaults().withNullValues(false)))
                .getCache("w");
        assertThatThrownBy(() -> Objects.requireNonNull(without).put("a", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putIfAbsentKeepsTheFirst() {
        assertThat(cache.putIfAbsent("a", 1)).isNull();
        assertThat(Objects.requireNonNull(cache.putIfAbsent("a", 2)).get()).isEqualTo(1);
        assertThat(cache.get("a", Integer.class)).isEqualTo(1);
    }

    @Test
    void evictIfPresentAndInvalidateSayWhetherThereWasAnything() {
        cache.put("a", 1);
        assertThat(cache.evictIfPresent("a")).isTrue();
        assertThat(cache.evictIfPresent("a")).isFalse();
        assertThat(cache.invalidate()).isFalse();
        for (int i = 0; i < 2_500; i++) {
            cache.put(i, i);
        }
        assertThat(cache.invalidate()).isTrue();
        assertThat(((Keyspace) cache.getNativeCache()).count()).isZero();
    }

    @Test
    void cachesDoNotSeeEachOther() {
        Cache other = Objects.requireNonNull(manager.getCache("com.example.Prices::of €"));
        cache.put("a", 1);
        assertThat(other.get("a")).isNull();
        other.put("a", 2);
        cache.clear();
        assertThat(other.get("a", Integer.class)).isEqualTo(2);
        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("prices", "com.example.Prices::of €");
    }

    @Test
    void keysOfDifferentClassesOrPartsAreDifferent() {
        List<Object> keys = List.of(
                1,
                1L,
                "1",
                SimpleKey.EMPTY,
                new SimpleKey("a, b"),
                new SimpleKey("a", "b"),
                new BigDecimal("1"),
                "x".repeat(10_000),
                "x".repeat(10_001));
        for (Object key : keys) {
            cache.put(key, String.valueOf(keys.indexOf(key)));
        }
        // "a, b" and "a", "b" have the same text: one replaces the other and is not mistaken for it.
        assertThat(cache.get(new SimpleKey("a, b"))).isNull();
        for (Object key : keys) {
            if (!key.equals(new SimpleKey("a, b"))) {
                assertThat(cache.get(key, String.class)).isEqualTo(String.valueOf(keys.indexOf(key)));
            }
        }
    }

    @Test
    void collectionsAreTheSameKeyIfWhatIsInThemIs() {
        assertOneKey(
                List.of("a", "b"),
                new ArrayList<>(List.of("a", "b")),
                Stream.of("a", "b").toList());
        assertOneKey(new LinkedHashSet<>(List.of("a", "b")), new LinkedHashSet<>(List.of("b", "a")), Set.of("b", "a"));
        Map<String, Integer> backwards = new LinkedHashMap<>();
        backwards.put("b", 2);
        backwards.put("a", 1);
        assertOneKey(new TreeMap<>(Map.of("a", 1, "b", 2)), backwards, Map.of("a", 1, "b", 2));
        assertOneKey(
                List.of(new LinkedHashSet<>(List.of(1, 2))),
                new ArrayList<>(List.of(new LinkedHashSet<>(List.of(2, 1)))));
        assertOneKey(new SimpleKey(List.of("a"), 1), new SimpleKey(new ArrayList<>(List.of("a")), 1));
        assertOneKey(
                new SimpleKey(new LinkedHashSet<>(List.of("a", "b")), backwards, null),
                new SimpleKey(new LinkedHashSet<>(List.of("b", "a")), new TreeMap<>(backwards), null));
        assertOneKey(
                new SimpleKey(new int[] {1, 2}, new Object[] {"a", new byte[] {1}}),
                new SimpleKey(new int[] {1, 2}, new Object[] {"a", new byte[] {1}}));
        cache.put(List.of("a", "b"), 1);
        assertThat(cache.get(List.of("b", "a"))).isNull();
        assertThat(cache.get(Set.of("a", "b"))).isNull();
    }

    private void assertOneKey(Object... equalKeys) {
        for (Object key : equalKeys) {
            cache.put(equalKeys[0], 1);
            assertThat(cache.get(key, Integer.class)).isEqualTo(1);
            cache.evict(key);
            assertThat(cache.get(equalKeys[0])).isNull();
        }
    }

    @Test
    void keyWithoutATextIsRefused() {
        assertThatThrownBy(() -> cache.put(new Object(), 1)).hasMessageContaining("toString()");
        assertThatThrownBy(() -> cache.get(new int[] {1})).hasMessageContaining("toString()");
        assertThatThrownBy(() -> cache.get(new SimpleKey("a", new Object()))).hasMessageContaining("toString()");
    }

    @Test
    void valueThatCannotBeSerializedIsRefused() {
        assertThatThrownBy(() -> cache.put("a", new Object()))
                .isInstanceOf(SerializationFailedException.class)
                .hasMessageContaining("Serializable");
    }

    @Test
    void valueThatCannotBeReadAnyMoreCountsAsNotThere() {
        cache.put("a", 1);
        Keyspace entries = (Keyspace) cache.getNativeCache();
        byte[] key = "java.lang.String:a".getBytes(StandardCharsets.UTF_8);
        byte[] entry = Objects.requireNonNull(entries.get(key));
        entries.put(key, Arrays.copyOf(entry, entry.length - 3));
        assertThat(cache.get("a")).isNull();
        entries.put(key, new byte[] {1, 0});
        assertThat(cache.get("a")).isNull();
        cache.put("a", 2);
        assertThat(cache.get("a", Integer.class)).isEqualTo(2);
    }

    @Test
    void entriesExpire() throws InterruptedException {
        StoreCacheManager shortLived = managerWith(Map.of(
                "live", StoreCacheSettings.defaults().withTimeToLive(Duration.ofMillis(300)),
                "idle", StoreCacheSettings.defaults().withTimeToIdle(Duration.ofMillis(900))));
        Cache live = Objects.requireNonNull(shortLived.getCache("live"));
        Cache idle = Objects.requireNonNull(shortLived.getCache("idle"));
        live.put("a", 1);
        idle.put("used", 1);
        idle.put("unused", 1);
        assertThat(live.get("a", Integer.class)).isEqualTo(1);
        for (int i = 0; i < 6; i++) {
            Thread.sleep(300);
            idle.get("used");
        }
        assertThat(live.get("a")).isNull();
        assertThat(idle.get("used")).isNotNull();
        assertThat(idle.get("unused")).isNull();
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        StoreCacheSettings settings = StoreCacheSettings.defaults().withTimeToLive(Duration.ofSeconds(1));
        assertThatThrownBy(() -> settings.withTimeToIdle(Duration.ofSeconds(1))).hasMessageContaining("not both");
        assertThatThrownBy(() -> settings.withTimeToLive(Duration.ZERO)).hasMessageContaining("for a positive time");
    }

    @Test
    void whatATransactionPutsOrEvictsTakesEffectWithItsCommit() {
        cache.put("evicted", 1);
        transaction.executeWithoutResult(status -> {
            cache.put("put", 1);
            cache.evict("evicted");
            assertThat(cache.get("put")).isNull();
            assertThat(cache.get("evicted")).isNotNull();
        });
        assertThat(cache.get("put")).isNotNull();
        assertThat(cache.get("evicted")).isNull();
        transaction.executeWithoutResult(status -> {
            cache.clear();
            cache.put("other", 1);
            status.setRollbackOnly();
        });
        assertThat(cache.get("put")).isNotNull();
        assertThat(cache.get("other")).isNull();
    }

    @Test
    void whatAListenerEvictsAfterTheCommitIsEvicted() {
        cache.put("a", 1);
        transaction.executeWithoutResult(status -> afterCommit(Ordered.LOWEST_PRECEDENCE, () -> cache.evict("a")));
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void listenerToTheCommitSeesWhatTheTransactionEvicted() {
        cache.put("a", 1);
        List<Cache.@Nullable ValueWrapper> seen = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            afterCommit(Ordered.LOWEST_PRECEDENCE, () -> seen.add(cache.get("a")));
            cache.evict("a");
        });
        assertThat(seen).hasSize(1).containsOnlyNulls();
    }

    @Test
    void failureAfterTheCommitIsNotOneOfTheTransaction() {
        transaction.executeWithoutResult(status -> {
            afterCommit(Ordered.HIGHEST_PRECEDENCE, store::close);
            cache.put("a", 1);
        });
        assertThat(store.isOpen()).isFalse();
    }

    private static void afterCommit(int order, Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public int getOrder() {
                return order;
            }

            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    @Test
    void whatIsRolledBackToASavepointTakesNoEffect() {
        TransactionTemplate nested = new TransactionTemplate(
                Objects.requireNonNull(transaction.getTransactionManager()),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
        cache.put("old", 1);
        transaction.executeWithoutResult(outer -> {
            cache.put("before", 1);
            nested.executeWithoutResult(inner -> {
                cache.put("rolled back", 1);
                cache.evict("old");
                inner.setRollbackOnly();
            });
            nested.executeWithoutResult(inner -> cache.put("nested", 1));
            cache.put("after", 1);
        });
        assertThat(cache.get("rolled back")).isNull();
        for (String key : List.of("old", "before", "nested", "after")) {
            assertThat(cache.get(key)).as(key).isNotNull();
        }
    }

    @Test
    void oneThreadLoadsAndTheOthersWait() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<@Nullable Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(executor.submit(() -> cache.get("a", () -> {
                    loading.countDown();
                    Thread.sleep(200);
                    return loads.incrementAndGet();
                })));
            }
            assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
            for (Future<@Nullable Integer> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThatThrownBy(() -> cache.get("b", () -> {
                    throw new IllegalStateException("no price");
                }))
                .isInstanceOf(ValueRetrievalException.class)
                .hasRootCauseMessage("no price");
        assertThat(cache.get("b", () -> 2)).isEqualTo(2);
    }

    @Test
    void valueThatWasLoadedBeforeAChangeIsNotKept() {
        List<Runnable> changes = List.of(
                () -> cache.evict("a"), () -> cache.evictIfPresent("a"), () -> cache.clear(), () -> cache.invalidate());
        for (Runnable change : changes) {
            assertThat(cache.get("a", () -> {
                        inOtherThread(change);
                        return 1;
                    }))
                    .isEqualTo(1);
            assertThat(cache.get("a")).isNull();
        }
        for (Runnable change : List.<Runnable>of(() -> cache.put("a", 2), () -> cache.putIfAbsent("a", 2))) {
            assertThat(cache.get("a", () -> {
                        inOtherThread(change);
                        return 1;
                    }))
                    .isEqualTo(1);
            assertThat(cache.get("a", Integer.class)).isEqualTo(2);
            cache.evict("a");
        }
    }

    @Test
    void whoAsksAfterAnEvictionDoesNotWaitForAnOlderValue() {
        assertThat(cache.get("a", () -> {
                    cache.evict("a");
                    inOtherThread(() -> assertThat(cache.get("a", () -> 2)).isEqualTo(2));
                    return 1;
                }))
                .isEqualTo(1);
        assertThat(cache.get("a", Integer.class)).isEqualTo(2);
    }

    @Test
    void valueThatIsLoadedInATransactionIsNotForOthersBeforeItsCommit() {
        transaction.executeWithoutResult(status -> {
            cache.get("a", () -> {
                inOtherThread(() -> assertThat(cache.get("a", () -> "old")).isEqualTo("old"));
                return "uncommitted";
            });
            status.setRollbackOnly();
        });
        assertThat(cache.get("a", String.class)).isEqualTo("old");

        TransactionTemplate readOnly =
                new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        readOnly.setReadOnly(true);
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        readOnly.executeWithoutResult(status -> cache.get("b", () -> {
            CountDownLatch asking = new CountDownLatch(1);
            waiting.add(CompletableFuture.supplyAsync(() -> {
                asking.countDown();
                return Objects.requireNonNull(cache.get("b", () -> "loaded again"));
            }));
            assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(100);
            return "committed";
        }));
        assertThat(waiting.get(0).join()).isEqualTo("committed");
    }

    @Test
    void valueThatATransactionHasLoadedBeforeAChangeIsNotKept() {
        transaction.executeWithoutResult(status -> {
            cache.get("evicted", () -> 1);
            cache.get("kept", () -> 1);
            inOtherThread(() -> cache.evict("evicted"));
        });
        assertThat(cache.get("evicted")).isNull();
        assertThat(cache.get("kept", Integer.class)).isEqualTo(1);
    }

    @Test
    void futureThatIsCompletedAfterAChangeIsNotKept() {
        CompletableFuture<Integer> price = new CompletableFuture<>();
        CompletableFuture<Integer> retrieved = cache.retrieve("a", () -> price);
        cache.evict("a");
        price.complete(1);
        assertThat(retrieved.join()).isEqualTo(1);
        assertThat(cache.get("a")).isNull();
    }

    private static void inOtherThread(Runnable work) {
        CompletableFuture.runAsync(work).orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void loaderThatAsksForItsOwnValueFails() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> cache.get("a", () -> cache.get("a", () -> 1)))
                        .isInstanceOf(ValueRetrievalException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Loading the value of a for the cache 'prices' asks the cache for that value"));
        assertThat(cache.get("a", () -> cache.get("b", () -> 2))).isEqualTo(2);
    }

    @Test
    void futuresAreCachedWhenTheyAreComplete() {
        CompletableFuture<Integer> price = new CompletableFuture<>();
        CompletableFuture<Integer> retrieved = cache.retrieve("a", () -> price);
        assertThat(cache.retrieve("a")).isNull();
        price.complete(7);
        assertThat(retrieved.join()).isEqualTo(7);
        assertThat(cache.retrieve("a", () -> new CompletableFuture<Integer>()).join())
                .isEqualTo(7);
    }

    @Test
    void nullThatIsCachedIsNotTakenForNothing() {
        assertThat(cache.retrieve("a")).isNull();
        cache.put("a", null);
        assertThat(Objects.requireNonNull(cache.retrieve("a")).join())
                .isInstanceOfSatisfying(
                        Cache.ValueWrapper.class,
                        value -> assertThat(value.get()).isNull());
        Cache without = Objects.requireNonNull(
                managerWith(Map.of("prices", StoreCacheSettings.defaults().withNullValues(false)))
                        .getCache("prices"));
        assertThat(without.get("a")).as("null is no value any more").isNull();
        without.put("a", 7);
        assertThat(Objects.requireNonNull(without.retrieve("a")).join()).isEqualTo(7);
    }

    @Test
    void keysOfAnyLengthFitIntoAStoreWithShortKeys() {
        try (Store shortKeys = Store.openInMemory(StoreOptions.defaults().withKeyBytesMax(128))) {
            Cache names = Objects.requireNonNull(new StoreCacheManager(
                            shortKeys, new JavaCacheSerializer(null), StoreCacheSettings.defaults(), Map.of())
                    .getCache("names"));
            for (int length = 1; length < 1_000; length += 37) {
                names.put("x".repeat(length), length);
                assertThat(names.get("x".repeat(length), Integer.class)).isEqualTo(length);
            }
        }
    }

    @Test
    void entriesOutliveTheApplication(@TempDir Path directory) {
        record Price(String product, int cents) implements Serializable {}
        for (int life = 1; life <= 2; life++) {
            try (Store onDisk = Store.open(directory)) {
                Cache prices = Objects.requireNonNull(new StoreCacheManager(
                                onDisk, new JavaCacheSerializer(null), StoreCacheSettings.defaults(), Map.of())
                        .getCache("prices"));
                if (life == 1) {
                    prices.put("tea", new Price("tea", 250));
                } else {
                    assertThat(prices.get("tea", Price.class)).isEqualTo(new Price("tea", 250));
                }
            }
        }
    }
}
