package org.storedb.internal.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.storedb.Durability;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.StoreStats;
import org.storedb.TestStores;
import org.storedb.crash.CampaignSize;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * What the log takes up beside its live records while it is written to all the time, with the default policy. Background
 * work has its turn after each hundred commits, so that the figures do not depend on the machine.
 */
class SpaceAmplificationTests {

    private static final int KEYS = 20_000;
    private static final int VALUE_BYTES_MAX = 400;
    private static final int TURN_COMMITS = 100;
    private static final double AMPLIFICATION_MAX = 2.0;

    private final SteppedTasks tasks = new SteppedTasks();
    private final Random random = new Random(CampaignSize.firstSeed());

    @Test
    void uniformOverwritesStayBelowTwiceTheLiveData() {
        overwrite("uniform", () -> random.nextInt(KEYS));
    }

    /** A few keys are written most of the time, and most keys hardly ever. */
    @Test
    void skewedOverwritesStayBelowTwiceTheLiveData() {
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += Math.pow(i + 1, -0.99);
            sums[i] = sum;
        }
        double total = sum;
        overwrite("zipfian", () -> {
            int rank = Arrays.binarySearch(sums, random.nextDouble() * total);
            return (int) (7919L * Math.min(KEYS - 1, Math.abs(rank + 1)) % KEYS);
        });
    }

    /** Entries are put in and taken out in order, beside others of which one is changed now and then. */
    @Test
    void queueDoesNotGatherDeletes() {
        try (Store store = open()) {
            Keyspace queue = store.keyspace("queue");
            Keyspace settings = store.keyspace("settings");
            for (int i = 0; i < 2000; i++) {
                settings.put(key(i), new byte[300]);
            }
            int operations = CampaignSize.of(60_000);
            long bytesMost = 0;
            for (int i = 0; i < operations; i++) {
                queue.put(key(i), new byte[30]);
                if (i >= 50) {
                    queue.delete(key(i - 50));
                }
                if (i % 1000 == 0) {
                    settings.put(key(random.nextInt(2000)), new byte[300]);
                }
                work(i);
                bytesMost = Math.max(
                        bytesMost, i > operations / 10 ? store.stats().log().bytesOnDisk() : 0);
            }
            StoreStats stats = store.stats();
            report("queue", operations, stats, (double) bytesMost / stats.log().liveBytes());
            assertThat(bytesMost)
                    .isLessThan((long) (AMPLIFICATION_MAX * stats.log().liveBytes()));
        }
    }

    private void overwrite(String kind, IntSupplier anyKey) {
        try (Store store = open()) {
            Keyspace entries = store.keyspace("entries");
            for (int i = 0; i < KEYS; i++) {
                entries.put(key(i), new byte[random.nextInt(VALUE_BYTES_MAX)]);
                work(i);
            }
            int operations = CampaignSize.of(100_000);
            double worst = 0;
            for (int i = 0; i < operations; i++) {
                entries.put(key(anyKey.getAsInt()), new byte[random.nextInt(VALUE_BYTES_MAX)]);
                work(i);
                if (i % 50 == 0) {
                    StoreStats stats = store.stats();
                    worst = Math.max(
                            worst,
                            (double) stats.log().bytesOnDisk() / stats.log().liveBytes());
                }
            }
            report(kind, operations, store.stats(), worst);
            assertThat(worst).isLessThanOrEqualTo(AMPLIFICATION_MAX);
        }
    }

    private static void report(String kind, int operations, StoreStats stats, double worst) {
        CampaignSize.report(
                "Space amplification, %s: %,d operations, %,d live bytes, at most %.2f times that on disk, %,d given back",
                kind,
                operations,
                stats.log().liveBytes(),
                worst,
                stats.compaction().bytesReclaimed());
    }

    private void work(int commit) {
        if (commit % TURN_COMMITS == 0) {
            tasks.runRepeated();
            tasks.runWaiting();
        }
    }

    private Store open() {
        return TestStores.open(
                new MemoryDirectory(),
                StoreOptions.defaults().withSegmentBytes(128 << 10).withDurability(Durability.OS),
                TestEnvironments.stepped(1, tasks));
    }

    private static byte[] key(int number) {
        return String.format(Locale.ROOT, "key%08d", number).getBytes(UTF_8);
    }
}
