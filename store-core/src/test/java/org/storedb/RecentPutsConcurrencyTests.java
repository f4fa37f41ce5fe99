package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single look-ups and snapshots see of puts that are not in the trees yet. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecentPutsConcurrencyTests {

    private static final int ROUNDS = 30_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Each batch sets all keys to its number. */
    @Test
    void batchIsSeenAsAWholeAndNothingIsTakenBack() throws Exception {
        StoreOptions options = StoreOptions.defaults()
                .withDurability(Durability.OS)
                .withSegmentBytes(256 << 10)
                .withCompaction(CompactionPolicy.manual());
        try (Store store = Store.openInMemory(options)) {
            Keyspace keyspace = store.keyspace("test");
            List<byte[]> keys = List.of(key(1), key(2), key(3), key(4));
            AtomicInteger snapshots = new AtomicInteger();
            List<Future<?>> others = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                Random random = new Random(reader);
                others.add(threads.submit(() -> {
                    int seen = 0;
                    while (!stopped.get() || snapshots.get() == 0) {
                        int now = number(keyspace.get(keys.get(random.nextInt(keys.size()))));
                        assertThat(now).isGreaterThanOrEqualTo(seen);
                        seen = now;
                        if (random.nextInt(200) == 0) {
                            seen = requireWhole(store, keys, seen);
                            snapshots.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            others.add(threads.submit(() -> {
                while (!stopped.get()) {
                    store.compact().get();
                    Thread.sleep(5);
                }
                return null;
            }));
            for (int round = 1; round <= ROUNDS; round++) {
                WriteBatch batch = new WriteBatch();
                for (byte[] key : keys) {
                    batch.put(key, key(round));
                }
                keyspace.write(batch);
                keyspace.put(key(100 + round), key(round)); // So that there is more to be put into the trees.
            }
            stopped.set(true);
            for (Future<?> other : others) {
                other.get();
            }
            assertThat(keyspace.count()).isEqualTo(ROUNDS + keys.size());
        }
    }

    private static int requireWhole(Store store, List<byte[]> keys, int least) {
        Keyspace snapshot = store.snapshot().keyspace("test");
        int first = number(snapshot.get(keys.get(0)));
        assertThat(first).isGreaterThanOrEqualTo(least);
        for (byte[] key : keys) {
            assertThat(number(snapshot.get(key))).isEqualTo(first);
        }
        return first;
    }

    /** One thread at a time, so that a sorted map tells what is right. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyOperationSeesAllThatWasDoneBefore(long seed) {
        Random random = new Random(seed);
        TreeMap<Integer, Integer> model = new TreeMap<>();
        StoreOptions options = StoreOptions.defaults()
                .withDurability(Durability.OS)
                .withSegmentBytes(64 << 10)
                .withCompaction(CompactionPolicy.manual());
        try (Store store = Store.openInMemory(options)) {
            Keyspace keyspace = store.keyspace("test");
            for (int step = 1; step <= 20_000; step++) {
                int number = random.nextInt(300);
                // Look-ups and puts come in long series without anything that needs the trees.
                int kind = random.nextInt(step / 2_000 % 2 == 0 ? 6 : 60);
                kind = kind == 3 && step < 12_000 ? 4 : kind; // While something expires, nothing is deferred.
                switch (kind) {
                    case 0 -> assertThat(keyspace.delete(key(number))).isEqualTo(model.remove(number) != null);
                    case 1 -> assertThat(keyspace.count()).isEqualTo(model.size());
                    case 2 -> writeAll(store, random, step, model);
                    case 3 -> {
                        keyspace.put(key(number), key(step), Expiry.after(Duration.ofDays(1)));
                        model.put(number, step);
                    }
                    default -> {
                        keyspace.put(key(number), key(step));
                        model.put(number, step);
                    }
                }
                int other = random.nextInt(300);
                assertThat(number(keyspace.get(key(other)))).isEqualTo(model.getOrDefault(other, 0));
                assertThat(keyspace.exists(key(other))).isEqualTo(model.containsKey(other));
                if (random.nextInt(1_000) == 0) {
                    store.compact().join();
                }
            }
            List<Integer> found = new ArrayList<>();
            try (var all = keyspace.scan(KeyRange.all())) {
                all.forEach(entry -> found.add(number(entry.value())));
            }
            assertThat(found).containsExactlyElementsOf(model.values());
        }
    }

    private static void writeAll(Store store, Random random, int step, Map<Integer, Integer> model) {
        if (random.nextBoolean()) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 5; i++) {
                int number = random.nextInt(300);
                batch.put(key(number), key(step));
                model.put(number, step);
            }
            store.keyspace("test").write(batch);
            return;
        }
        store.inTransaction(TransactionOptions.defaults(), transaction -> {
            int from = random.nextInt(300);
            byte[] value = transaction.keyspace("test").get(key(from));
            assertThat(number(value)).isEqualTo(model.getOrDefault(from, 0));
            transaction.keyspace("test").put(key(from), key(step));
            model.put(from, step);
            return true;
        });
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(8).putInt(4, number).array();
    }

    private static int number(byte @Nullable [] bytes) {
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getInt(4);
    }
}
