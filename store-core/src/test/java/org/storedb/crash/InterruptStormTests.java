package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.CompactionPolicy;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;

/**
 * Threads that use a store of real files are interrupted at any moment: in the middle of reads, commits, syncs,
 * compactions, opening and closing. No call fails, each one's effect is what it returned, and the thread is still
 * interrupted afterwards. The next interrupt of a thread comes when it has found the one before, so that none is lost
 * unseen.
 */
class InterruptStormTests {

    private static final int WORKERS = 3;
    private static final int KEYS = 20;
    private static final int STORMS = 25;
    private static final int INTERRUPTS_OF_A_STORM = 50;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path folder;

    @Test
    void interruptHarmsNothingAndIsKept() throws InterruptedException {
        long start = System.nanoTime();
        long seed = CampaignSize.freshSeed();
        Random random = new Random(seed);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Worker("worker" + i, random.nextLong()));
        }
        int storms = CampaignSize.of(STORMS, 50 * STORMS);
        for (int i = 0; i < storms; i++) {
            Thread.currentThread().interrupt();
            Store store = Store.open(folder.resolve("store"), options());
            assertThat(Thread.interrupted()).as("interrupted while it opened").isTrue();
            storm(store, workers, random);
            Thread.currentThread().interrupt();
            store.close();
            assertThat(Thread.interrupted()).as("interrupted while it closed").isTrue();
        }
        long interrupts =
                workers.stream().mapToLong(worker -> worker.found.get()).sum();
        long calls = workers.stream().mapToLong(worker -> worker.calls).sum();
        CampaignSize.report(
                "Interrupt storms: %d with seed %d, %,d interrupts met, %,d calls, %.1f s",
                storms, seed, interrupts, calls, CampaignSize.secondsSince(start));
        assertThat(interrupts).isGreaterThanOrEqualTo((long) storms * INTERRUPTS_OF_A_STORM);
    }

    private static StoreOptions options() {
        return StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual());
    }

    private static void storm(Store store, List<Worker> workers, Random random) throws InterruptedException {
        workers.forEach(worker -> worker.start(store));
        for (int i = 0; i < INTERRUPTS_OF_A_STORM; i++) {
            LockSupport.parkNanos(1000L * random.nextInt(500));
            workers.get(random.nextInt(workers.size())).interrupt();
        }
        for (Worker worker : workers) {
            worker.stop();
        }
    }

    /** A thread with a keyspace of its own, of which it knows what must be in it. */
    private static final class Worker {

        private final String name;
        private final Random random;
        private final Map<String, String> expected = new TreeMap<>();
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong found = new AtomicLong();
        private volatile boolean stopping;
        private volatile @Nullable Throwable failure;
        private Thread thread = Thread.currentThread();
        private long calls;

        Worker(String name, long seed) {
            this.name = name;
            this.random = new Random(seed);
        }

        void start(Store store) {
            stopping = false;
            thread = new Thread(() -> run(store), name);
            thread.start();
        }

        void interrupt() {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (found.get() < sent.get()) {
                requireNoFailure();
                assertThat(System.nanoTime()).as("an interrupt was lost").isLessThan(deadline);
                Thread.onSpinWait();
            }
            sent.incrementAndGet();
            thread.interrupt();
        }

        void stop() throws InterruptedException {
            stopping = true;
            thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            assertThat(thread.isAlive()).as("worker still runs").isFalse();
            requireNoFailure();
            assertThat(found.get()).as("interrupts found").isEqualTo(sent.get());
        }

        private void requireNoFailure() {
            if (failure != null) {
                throw new AssertionError(name + " failed", failure);
            }
        }

        private void run(Store store) {
            try {
                Keyspace keyspace = store.keyspace(name);
                requireContents(keyspace);
                while (!stopping) {
                    call(store, keyspace);
                    calls++;
                    noteInterrupt();
                }
                requireContents(keyspace);
                noteInterrupt();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        private void noteInterrupt() {
            if (Thread.interrupted()) {
                found.incrementAndGet();
            }
        }

        private void call(Store store, Keyspace keyspace) {
            String key = "key" + random.nextInt(KEYS);
            String value = "value " + "x".repeat(random.nextInt(2000)) + random.nextInt();
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    keyspace.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
                    expected.put(key, value);
                }
                case 3 -> {
                    keyspace.delete(key.getBytes(UTF_8));
                    expected.remove(key);
                }
                case 4, 5 -> {
                    keyspace.write(new WriteBatch()
                            .put(key.getBytes(UTF_8), value.getBytes(UTF_8))
                            .put("last".getBytes(UTF_8), value.getBytes(UTF_8)));
                    expected.put(key, value);
                    expected.put("last", value);
                }
                case 6 -> {
                    store.runInTransaction(
                            transaction -> transaction.keyspace(name).put(key.getBytes(UTF_8), value.getBytes(UTF_8)));
                    expected.put(key, value);
                }
                case 7 -> store.sync();
                case 8 -> compact(store);
                default -> {
                    byte[] read = keyspace.get(key.getBytes(UTF_8));
                    assertThat(read == null ? null : new String(read, UTF_8)).isEqualTo(expected.get(key));
                }
            }
        }

        private static void compact(Store store) {
            try {
                store.compact().join();
            } catch (CompletionException e) {
                throw new AssertionError("Compaction failed", e);
            }
        }

        private void requireContents(Keyspace keyspace) {
            Map<String, String> contents = new TreeMap<>();
            keyspace.scan(KeyRange.all())
                    .forEach(entry -> contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
            assertThat(contents).isEqualTo(expected);
        }
    }
}
