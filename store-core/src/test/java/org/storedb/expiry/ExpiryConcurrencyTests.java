package org.storedb.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentValidator;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Many threads write what expires in milliseconds, read it in every way and remove it, by the clocks of the machine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExpiryConcurrencyTests {

    private static final int CODES = 8;
    private static final long RUN_MILLIS = 2500;

    private final AtomicLong inserted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();

    @Test
    void everyReaderSeesOneMoment() throws Exception {
        StoreOptions options =
                StoreOptions.defaults().withExpiryGrace(Duration.ZERO).withSegmentBytes(1 << 16);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Store store = Store.openInMemory(options)) {
            DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");
            things.createIndex(IndexDefinition.uniqueOn("code"));
            things.createIndex(IndexDefinition.on("writer"));
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                int number = writer;
                running.add(threads.submit(() -> write(things, number, stop)));
            }
            running.add(threads.submit(() -> read(store, stop)));
            running.add(threads.submit(() -> transact(store, stop)));
            running.add(threads.submit(() -> {
                while (!stop.get()) {
                    removed.addAndGet(store.purgeExpired());
                }
            }));
            running.add(threads.submit(() -> {
                while (!stop.get()) {
                    store.compact().join();
                }
            }));
            Thread.sleep(RUN_MILLIS);
            while (!sawEnough() && running.stream().noneMatch(Future::isDone)) {
                Thread.sleep(10);
            }
            stop.set(true);
            for (Future<?> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
            Thread.sleep(20);
            assertThat(things.count()).isZero();
            assertThat(store.verify().problems()).isEmpty();
            removed.addAndGet(store.purgeExpired());
            assertThat(removed.get()).isLessThanOrEqualTo(inserted.get());
            assertThat(store.stats().collections().get(0).documents()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    /** An update that other commits prevent from ending runs alone in the end; it must not wait for anyone then. */
    @Test
    void anUpdateThatRunsAloneReadsWhileAnotherThreadSetsRecordsAside() throws Exception {
        AtomicReference<@Nullable Thread> updating = new AtomicReference<>();
        List<Thread> others = new ArrayList<>();
        List<TimedStore> stores = new ArrayList<>();
        DocumentValidator validator = document -> {
            if (Thread.currentThread() == updating.get()) {
                writeAndReadBeside(stores.get(0), others);
            }
            return List.of();
        };
        try (TimedStore timed = new TimedStore(StoreOptions.defaults().withValidator("things", validator))) {
            stores.add(timed);
            DocumentCollection<Map<String, @Nullable Object>> things = timed.collection();
            things.insert(Map.of("id", 1L, "n", 3));
            things.insert(Map.of("id", 2L), Expiry.after(Duration.ofSeconds(1)));
            updating.set(Thread.currentThread());
            things.update(Query.where(Filter.eq("n", 3)), DocumentPatch.empty().set("seen", true));
            for (Thread other : others) {
                other.join();
            }
            assertThat(things.count(Query.where(Filter.eq("seen", true)))).isEqualTo(1);
            assertThat(things.exists(2L)).isFalse();
        }
    }

    /** Another thread inserts a document; if that has to wait, the calling thread is alone, and both read. */
    private static void writeAndReadBeside(TimedStore timed, List<Thread> others) {
        DocumentCollection<Map<String, @Nullable Object>> things = timed.collection();
        Thread inserting = started(() -> things.insert(new HashMap<>(Map.of("n", 1))));
        others.add(inserting);
        if (!hasEnded(inserting)) {
            timed.pass(Duration.ofSeconds(2));
            Thread settingAside = started(things::count);
            others.add(settingAside);
            assertThat(hasEnded(settingAside)).isFalse();
            assertThat(things.count()).isPositive();
        }
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns whether a thread has ended; false as soon as it waits for another one. */
    private static boolean hasEnded(Thread thread) {
        while (true) {
            Thread.State state = thread.getState();
            if (state == Thread.State.TERMINATED || state == Thread.State.WAITING) {
                return state == Thread.State.TERMINATED;
            }
            Thread.onSpinWait();
        }
    }

    /** Whether all of this test's cases were met. How soon that is is up to the scheduler. */
    private boolean sawEnough() {
        return inserted.get() > 100 && refused.get() > 0 && removed.get() > 0;
    }

    private void write(DocumentCollection<Map<String, @Nullable Object>> things, int writer, AtomicBoolean stop) {
        Random random = new Random(writer);
        while (!stop.get()) {
            try {
                things.insert(
                        new HashMap<>(Map.of("code", random.nextInt(CODES), "writer", writer)),
                        Expiry.after(Duration.ofMillis(1 + random.nextInt(8))));
                inserted.incrementAndGet();
            } catch (UniqueIndexViolationException e) {
                refused.incrementAndGet();
            }
        }
    }

    /** However it is asked for, a snapshot has the same documents. */
    private static void read(Store store, AtomicBoolean stop) {
        while (!stop.get()) {
            Snapshot snapshot = store.snapshot();
            DocumentCollection<Map<String, @Nullable Object>> things = snapshot.collection("things");
            long count = things.count();
            List<Object> codes =
                    things.find(Query.all()).map(found -> found.get("code")).toList();
            assertThat(codes).doesNotHaveDuplicates().hasSize((int) count);
            assertThat(things.count(Query.where(Filter.gte("code", 0)))).isEqualTo(count);
            assertThat(things.countBy("writer").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(count);
        }
    }

    private static void transact(Store store, AtomicBoolean stop) {
        while (!stop.get()) {
            try (Transaction transaction =
                    store.begin(TransactionOptions.defaults().withReadOnly(true))) {
                long before = transaction.collection("things").count();
                Thread.onSpinWait();
                assertThat(transaction.collection("things").find(Query.all())).hasSize((int) before);
                assertThat(transaction.collection("things").count()).isEqualTo(before);
            }
        }
    }
}
