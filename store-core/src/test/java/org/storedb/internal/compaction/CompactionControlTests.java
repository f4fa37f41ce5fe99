package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.WriteBatch;
import org.storedb.error.CompactionCancelledException;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.CompactionStatus;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompactionControlTests {

    private static final int KEYS = 400;
    private static final int VALUE_BYTES = 4000;

    /** So little more than is written that copies of a segment fit, and not of all. */
    private static final long BYTES_ON_DISK_SCARCE = 3 << 20;

    @Test
    void throttledCompactionTakesItsTime() {
        try (Store store = open(4_000_000, Long.MAX_VALUE)) {
            write(store);
            CompactionResult result = store.compact().join();

            assertThat(result.bytesReclaimed()).isGreaterThan(KEYS / 4 * VALUE_BYTES);
            assertThat(result.duration()).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void onlyWhatWasReclaimedIsAddedUp() {
        try (Store store = open(40_000_000, Long.MAX_VALUE)) {
            write(store);
            long reclaimed = store.compact().join().bytesReclaimed();
            WriteBatch together = new WriteBatch();
            for (int i = 0; i < 40 * KEYS; i++) {
                together.put(key(i), new byte[1]);
            }
            store.keyspace("others").write(together); // Nothing of this is dead, and it is not in order.
            CompactionResult sorted = store.compact().join();

            assertThat(sorted.bytesReclaimed()).isNegative();
            assertThat(store.compactionStatus().bytesReclaimed()).isEqualTo(reclaimed);
        }
    }

    @Test
    void whatFollowsACompactionMayCloseTheStore() {
        Store store = open(4_000_000, Long.MAX_VALUE);
        write(store);
        store.compact().thenRun(store::close).join();

        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void whatFollowsACompactionMayWaitForTheNextOne() {
        try (Store store = open(4_000_000, Long.MAX_VALUE)) {
            write(store);
            store.compact().thenRun(() -> store.compact().join()).join();

            assertThat(store.compactionStatus().lastResults()).hasSize(2);
        }
    }

    @Test
    void whoeverWaitsForACompactionHearsOfItsEndWhenTheStoreIsClosed() {
        Store store = open(1_000_000, Long.MAX_VALUE);
        write(store);
        CompletableFuture<CompactionResult> compaction = store.compact();
        store.close();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(compaction::join)
                .withCauseInstanceOf(CompactionCancelledException.class);
    }

    @Test
    void cancelledCompactionStopsAndKeepsWhatItHasDone() throws InterruptedException {
        try (Store store = open(2_000_000, BYTES_ON_DISK_SCARCE)) {
            write(store);
            cancelWhen(store, status -> status.segmentsDone() >= 2);

            CompactionResult result = store.compactionStatus().lastResults().get(0);
            assertThat(result.segmentsCompacted()).isPositive();
            assertThat(result.failure()).contains("cancelled");
            requireAll(store);
        }
    }

    @Test
    void cancelledInTheMiddleOfOneOrderEverythingIsAsItWas() throws InterruptedException {
        try (Store store = open(2_000_000, Long.MAX_VALUE)) {
            write(store);
            cancelWhen(store, status -> status.bytesDone() > status.bytesTotal() * 2 / 3);

            CompactionResult result = store.compactionStatus().lastResults().get(0);
            assertThat(result.segmentsCompacted()).isZero();
            assertThat(result.bytesAfter()).isEqualTo(result.bytesBefore());
            assertThat(store.stats().log().bytesOnDisk()).as("without copies").isEqualTo(result.bytesBefore());
            requireAll(store);
        }
    }

    private static void cancelWhen(Store store, Predicate<CompactionStatus> moment) throws InterruptedException {
        CompletableFuture<CompactionResult> running = store.compact();
        CompactionStatus status = store.compactionStatus();
        while (!moment.test(status)) {
            Thread.sleep(1);
            status = store.compactionStatus();
        }
        assertThat(status.bytesDone()).isPositive().isLessThan(status.bytesTotal());
        assertThat(store.cancelCompaction()).isTrue();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(running::join)
                .withCauseInstanceOf(CompactionCancelledException.class);
        assertThat(store.cancelCompaction()).isFalse();
    }

    private static void requireAll(Store store) {
        Keyspace entries = store.keyspace("entries");
        for (int i = 0; i < KEYS; i++) {
            assertThat(entries.get(key(i))).hasSize(VALUE_BYTES);
        }
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void closingDoesNotWaitForAThrottledCompaction() {
        Store store = open(100_000, Long.MAX_VALUE);
        write(store);
        CompletableFuture<CompactionResult> running = store.compact();
        store.close();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(running::join)
                .withCauseInstanceOf(CompactionCancelledException.class);
    }

    private static Store open(long bytesPerSecond, long bytesOnDiskMax) {
        return Store.openInMemory(StoreOptions.defaults()
                .withSegmentBytes(128 << 10)
                .withBytesOnDiskMax(bytesOnDiskMax)
                .withDurability(Durability.OS)
                .withCompaction(CompactionPolicy.manual().withBytesPerSecondMax(bytesPerSecond)));
    }

    /** Writes each key twice, in an order that leaves half of each segment dead. */
    private static void write(Store store) {
        for (int i = 0; i < KEYS; i++) {
            store.keyspace("entries").put(key(i), new byte[VALUE_BYTES]);
        }
        for (int i = 0; i < KEYS; i += 2) {
            store.keyspace("entries").put(key(i), new byte[VALUE_BYTES]);
        }
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
