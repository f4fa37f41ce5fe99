package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.CompactionCancelledException;
import org.storedb.error.StoreFullException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.CompactionResult;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.QuotaDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Compactions that cannot do what they are to do, or not at once. */
class CompactionRetryTests {

    private static final int KEYS = 100;
    private static final int VALUE_BYTES = 4000;
    private static final long LARGE = 1L << 30;

    private final QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), LARGE);
    private final SteppedTasks tasks = new SteppedTasks();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private boolean creationFails;

    @Test
    void compactionThatHasNoRoomSaysSoAndIsDoneWhenThereIs() {
        try (Store store = open(2)) {
            disk.setBytesMax(disk.usedBytes());
            CompletableFuture<CompactionResult> crowded = store.compact();
            tasks.runWaiting();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(crowded::join)
                    .withCauseInstanceOf(StoreFullException.class)
                    .withMessageContaining("Not enough space for the compaction");
            assertThat(store.stats().failure()).isNull();

            disk.setBytesMax(LARGE);
            CompletableFuture<CompactionResult> roomy = store.compact();
            tasks.runWaiting();
            assertThat(roomy.join().bytesReclaimed()).isPositive();
            for (int i = 0; i < KEYS; i++) {
                assertThat(store.keyspace("entries").get(key(i))).hasSize(VALUE_BYTES);
            }
        }
    }

    @Test
    void pauseAfterFailuresGrowsUpToAMinute() {
        try (Store store = open(1)) {
            creationFails = true;
            for (int failures = 1; failures <= 8; failures++) {
                runPolicy();
                assertThat(results(store)).hasSize(failures);
                long pauseSeconds = Math.min(60, 1L << failures);
                now = now.plusSeconds(pauseSeconds - 1);
                runPolicy();
                assertThat(results(store)).as("within the pause").hasSize(failures);
                now = now.plus(Duration.ofSeconds(2));
            }
            creationFails = false;
            runPolicy();
            assertThat(results(store).get(0).failure()).isNull();
            assertThat(results(store).get(0).bytesReclaimed()).isPositive();
        }
    }

    /** What is worthwhile while space is short no longer is when there is some. */
    @Test
    void compactionThatFindsNothingIsNotTriedAgainAtOnce() {
        try (Store store = open(5)) {
            runPolicy();
            assertThat(results(store)).isEmpty();
            disk.setBytesMax(disk.usedBytes() + (100 << 10));
            tasks.runRepeated();
            disk.setBytesMax(LARGE);
            tasks.runWaiting();
            assertThat(results(store)).hasSize(1);
            assertThat(results(store).get(0).failure()).isNull();
            assertThat(results(store).get(0).segmentsCompacted()).isZero();

            disk.setBytesMax(disk.usedBytes() + (100 << 10));
            runPolicy();
            assertThat(results(store)).hasSize(1);
            now = now.plusSeconds(3);
            runPolicy();
            assertThat(results(store).get(0).bytesReclaimed()).isPositive();
        }
    }

    @Test
    void compactionThatIsAskedForFollowsOneOfThePolicy() {
        try (Store store = open(1)) {
            tasks.runRepeated();
            assertThat(store.compactionStatus().running()).isTrue();
            CompletableFuture<CompactionResult> asked = store.compact();
            CompletableFuture<CompactionResult> joining = store.compact();
            tasks.runWaiting();
            assertThat(results(store)).hasSize(2).first().isEqualTo(asked.join());
            assertThat(asked.join().segmentsCompacted()).isPositive();
            assertThat(joining.join()).isEqualTo(asked.join());
        }
    }

    @Test
    void compactionThatIsToFollowIsCancelledWithTheOther() {
        try (Store store = open(1)) {
            tasks.runRepeated();
            CompletableFuture<CompactionResult> asked = store.compact();
            assertThat(store.cancelCompaction()).isTrue();
            tasks.runWaiting();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(asked::join)
                    .withCauseInstanceOf(CompactionCancelledException.class);
            assertThat(results(store)).hasSize(1);
        }
    }

    @Test
    void closingCancelsTheCompactionThatIsToFollow() {
        Store store = open(1);
        tasks.runRepeated();
        CompletableFuture<CompactionResult> asked = store.compact();
        store.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(asked::join)
                .withCauseInstanceOf(CompactionCancelledException.class);
    }

    private static List<CompactionResult> results(Store store) {
        return store.compactionStatus().lastResults();
    }

    private void runPolicy() {
        tasks.runRepeated();
        tasks.runWaiting();
    }

    /** A store in which one of so many records of each segment is dead. */
    private Store open(int each) {
        IoInterceptor faults = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (creationFails && operation.kind() == IoOperation.Kind.CREATE) {
                    throw new IOException("planned");
                }
            }
        };
        Store store = TestStores.open(
                new InterceptedDirectory(disk, faults),
                StoreOptions.defaults()
                        .withSegmentBytes(64 << 10)
                        .withDurability(Durability.OS)
                        .withCompaction(new CompactionPolicy(true, 0.5)),
                TestEnvironments.stepped(1, tasks, () -> now));
        Keyspace entries = store.keyspace("entries");
        for (int i = 0; i < KEYS; i++) {
            entries.put(key(i), new byte[VALUE_BYTES]);
        }
        for (int i = 0; i < KEYS; i += each) {
            entries.put(key(i), new byte[VALUE_BYTES]);
        }
        return store;
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(UTF_8);
    }
}
