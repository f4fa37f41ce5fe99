package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompactionDuringCommitTests {

    /** Long enough for threads to get into the queue, or for a compaction to do what it must not. */
    private static final long SETTLE_MILLIS = 300;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SteppedTasks tasks = new SteppedTasks();
    private final AtomicReference<@Nullable Store> opened = new AtomicReference<>();
    private final CountDownLatch firstSyncReached = new CountDownLatch(1);
    private final CountDownLatch firstSyncMayGoOn = new CountDownLatch(1);
    private final AtomicReference<@Nullable CompletableFuture<Void>> compaction = new AtomicReference<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** Two commits form a group, and the second one rolls the log: by then the first must be in a state already. */
    @Test
    void recordsOfAGroupThatRollsTheLogAreNotTakenForDead() throws Exception {
        MemoryDirectory files = new MemoryDirectory();
        StoreOptions options = StoreOptions.defaults().withSegmentBytes(64 << 10);
        Store store = TestStores.open(
                new InterceptedDirectory(files, new Choreography()), options, TestEnvironments.stepped(1, tasks));
        Keyspace keyspace = store.keyspace("test");
        keyspace.put(key("early"), new byte[10]);
        opened.set(store);
        List<Future<?>> commits = new ArrayList<>();
        commits.add(threads.submit(() -> keyspace.put(key("blocker"), new byte[10])));
        firstSyncReached.await();
        commits.add(threads.submit(() -> keyspace.put(key("one"), new byte[40_000])));
        commits.add(threads.submit(() -> keyspace.put(key("two"), new byte[40_000])));
        Thread.sleep(SETTLE_MILLIS);
        firstSyncMayGoOn.countDown();
        for (Future<?> commit : commits) {
            commit.get();
        }
        Objects.requireNonNull(compaction.get()).get();
        assertThat(store.compactionStatus().lastResults())
                .extracting(CompactionResult::failure)
                .allMatch(Objects::isNull);

        assertThat(keyspace.get(key("one"))).hasSize(40_000);
        assertThat(keyspace.get(key("two"))).hasSize(40_000);
        store.close();
        try (Store again = TestStores.open(files, options, TestEnvironments.stepped(2, new SteppedTasks()))) {
            assertThat(again.keyspace("test").get(key("one"))).hasSize(40_000);
            assertThat(again.keyspace("test").count()).isEqualTo(4);
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private final class Choreography implements IoInterceptor {

        @Override
        public void before(IoOperation operation) {
            Store store = opened.get();
            if (store == null) {
                return;
            }
            if (operation.kind() == IoOperation.Kind.SYNC && firstSyncReached.getCount() > 0) {
                firstSyncReached.countDown();
                awaitUninterrupted(firstSyncMayGoOn);
            }
            // The header of the next segment is written before the roll-over is done, the group after it.
            boolean group = operation.kind() == IoOperation.Kind.WRITE
                    && operation.file().endsWith("2.log")
                    && store.stats().log().segments().size() > 1;
            if (group && compaction.get() == null) {
                tasks.runRepeated();
                compaction.set(CompletableFuture.runAsync(tasks::runWaiting, threads));
                waitABit(Objects.requireNonNull(compaction.get()));
            }
        }

        private void waitABit(CompletableFuture<Void> running) {
            try {
                running.get(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It waits for the group, as it should.
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        private void awaitUninterrupted(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
