package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.maintenance.ScrubPolicy;
import org.storedb.maintenance.ScrubStatus;
import org.storedb.maintenance.StoreProblem;
import org.storedb.storage.StorageFile;
import org.storedb.testing.SteppedTasks;

/** The reading of the log in the background: its pace, what it finds, and when it runs. */
class ScrubTests {

    private static final long STEP_BYTES = 256;
    private static final ScrubPolicy POLICY =
            new ScrubPolicy(true, 4 * STEP_BYTES, Duration.ofMinutes(5), Duration.ofDays(1));

    private final int[] damaged = {-1};
    private final SteppedTasks tasks = new SteppedTasks();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final AtomicLong millis = new AtomicLong(1_790_000_000_000L);
    private final Environment environment = new Environment(
            () -> Instant.ofEpochMilli(millis.get()), new AtomicLong()::incrementAndGet, new Random(1), tasks);

    @Test
    void readsAtItsPaceAndNamesWhatIsHit() throws Exception {
        try (Store store = open(POLICY)) {
            fill(store);
            tasks.runRepeated();
            assertThat(store.stats().scrub().running()).as("before its time").isFalse();
            millis.addAndGet(Duration.ofMinutes(5).toMillis());
            int steps = runToEnd(store);
            long bytes = store.stats().log().bytesOnDisk();
            assertThat((long) steps).isBetween(bytes / STEP_BYTES - 1, bytes / STEP_BYTES + 2);
            assertThat(store.stats().scrub().isDamaged()).isFalse();
            assertThat(store.stats().scrub().lastCompletedAt()).isEqualTo(Instant.ofEpochMilli(millis.get()));

            flipInValue();
            tasks.runRepeated();
            assertThat(store.stats().scrub().running()).as("in the pause").isFalse();
            millis.addAndGet(Duration.ofDays(1).toMillis());
            runToEnd(store);
            tasks.runWaiting();
            ScrubStatus status = store.stats().scrub();
            assertThat(status.isDamaged()).isTrue();
            assertThat(status.problems())
                    .extracting(StoreProblem::kind)
                    .containsExactly(StoreProblem.Kind.DAMAGED_FILE, StoreProblem.Kind.DAMAGED_RECORD);
            assertThat(status.problems().get(1).tree()).isEqualTo("keyspace 'entries'");
            String key = Objects.requireNonNull(status.problems().get(1).key());
            assertThat(key).startsWith("key");
            assertThatThrownBy(() -> store.keyspace("entries").get(key.getBytes(UTF_8)))
                    .hasMessageContaining("checksum");

            flipInValue();
            millis.addAndGet(Duration.ofDays(1).toMillis());
            runToEnd(store);
            tasks.runWaiting();
            assertThat(store.stats().scrub().isDamaged())
                    .as("after a run without findings")
                    .isFalse();
            assertThat(store.stats().scrub().completedRuns()).isEqualTo(3);
        }
    }

    /** A verification also compares what this reading does not, so only another one gives the all-clear. */
    @Test
    void whatAVerificationFindsCountsUntilAnotherFindsNothing() throws Exception {
        try (Store store = open(POLICY)) {
            fill(store);
            flipInValue();
            long found = store.verify().problemCount();
            assertThat(found).isPositive();
            assertThat(store.stats().scrub().problemCount()).isEqualTo(found);
            assertThat(store.stats().scrub().problems())
                    .extracting(StoreProblem::kind)
                    .contains(StoreProblem.Kind.DAMAGED_RECORD);

            flipInValue();
            millis.addAndGet(Duration.ofMinutes(5).toMillis());
            runToEnd(store);
            assertThat(store.stats().scrub().isDamaged()).isTrue();
            assertThat(store.verify().isSound()).isTrue();
            assertThat(store.stats().scrub().isDamaged()).isFalse();
        }
    }

    @Test
    void compactionBesideItRaisesNoAlarm() {
        ScrubPolicy always = new ScrubPolicy(true, 4000, Duration.ZERO, Duration.ZERO);
        try (Store store = open(always)) {
            for (int i = 0; i < 60; i++) {
                fill(store);
                tasks.runRepeated();
                if (i % 5 == 0) {
                    var unused = store.compact();
                    tasks.runWaiting();
                }
            }
            assertThat(store.stats().scrub().completedRuns()).isPositive();
            assertThat(store.stats().scrub().problems()).isEmpty();
        }
    }

    @Test
    void isOffWhenItIsSwitchedOff() {
        try (Store store = open(ScrubPolicy.off())) {
            fill(store);
            millis.addAndGet(Duration.ofDays(100).toMillis());
            tasks.runRepeated();
            assertThat(store.stats().scrub().running()).isFalse();
        }
        assertThatThrownBy(() -> ScrubPolicy.defaults().withBytesPerSecond(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int runToEnd(Store store) {
        long runs = store.stats().scrub().completedRuns();
        int steps = 0;
        while (store.stats().scrub().completedRuns() == runs) {
            tasks.runRepeated();
            steps++;
            assertThat(steps).isLessThan(10_000);
        }
        return steps;
    }

    private Store open(ScrubPolicy policy) {
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withCompaction(CompactionPolicy.manual())
                .withScrub(policy);
        return TestStores.open(directory, options, environment);
    }

    private static void fill(Store store) {
        for (int i = 0; i < 100; i++) {
            store.keyspace("entries").put(("key" + i).getBytes(UTF_8), new byte[200]);
        }
    }

    private void flipInValue() throws Exception {
        try (StorageFile file = directory.open("segment-0000000001.log")) {
            byte[] bytes = new byte[4000];
            file.read(0, bytes, 0, bytes.length);
            int at = 600;
            while (!Arrays.equals(bytes, at, at + 100, new byte[100], 0, 100)) {
                at++;
            }
            damaged[0] = damaged[0] < 0 ? at + 50 : damaged[0];
            byte[] one = {(byte) (bytes[damaged[0]] ^ 4)};
            file.write(damaged[0], one, 0, 1);
        }
    }
}
