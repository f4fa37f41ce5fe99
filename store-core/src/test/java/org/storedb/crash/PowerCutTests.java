package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Durability;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.error.StoreException;

/**
 * Cuts the power of a real file system under a process that writes with four threads and compacts, again and again. Only
 * what was acknowledged before the cut began counts. The store is judged in a copy, so that the next process meets what
 * the cut left, and its recovery is cut short as well.
 */
@Tag("system")
class PowerCutTests {

    private static final long PATIENCE_SECONDS = 60;
    private static final int CUTS = 16;
    private static final int CUTS_AT_NIGHT = 1000;
    private static final int CUTS_FOR_A_BUG = 30;

    @TempDir
    Path folder;

    private final long seed = CampaignSize.freshSeed();
    private final Random random = new Random(seed);
    private final long startNanos = System.nanoTime();

    /** Of each writer: what survived a cut, and what was acknowledged before this one. */
    private final long[] survived = new long[KillTarget.WRITERS];

    private long[] acknowledged = new long[KillTarget.WRITERS];
    private String bug = PowerCutTarget.NO_BUG;
    private Ext4Image ext4;
    private long batches;
    private long lost;

    @BeforeEach
    void mount() throws Exception {
        ext4 = Ext4Image.create(folder);
    }

    @AfterEach
    void release() throws InterruptedException {
        Ext4Image.release(folder);
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        int cuts = CampaignSize.of(CUTS, CUTS_AT_NIGHT);
        for (int i = 0; i < cuts; i++) {
            writeUntilCut(i, Durability.ALWAYS);
            judge(i, Durability.ALWAYS);
        }
        report(Durability.ALWAYS, cuts);
        assertThat(lost).isZero();
        assertThat(batches).isGreaterThan(cuts);
    }

    /** What is lost proves that the cuts take what is not synced: without it the other test would show nothing. */
    @ParameterizedTest
    @EnumSource(names = {"INTERVAL", "OS"})
    void onlyTheNewestCommitsAreLost(Durability durability) throws Exception {
        int cuts = CampaignSize.of(CUTS / 2, CUTS_AT_NIGHT / 2);
        for (int i = 0; i < cuts; i++) {
            writeUntilCut(i, durability);
            judge(i, durability);
        }
        report(durability, cuts);
        assertThat(batches).isGreaterThan(cuts);
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMITS_ARE_NOT_SYNCED", "MANIFEST_IS_RENAMED_BEFORE_IT_IS_SYNCED"})
    void plantedBugIsFound(PlantedBug planted) throws Exception {
        bug = planted.name();
        for (int i = 0; i < CUTS_FOR_A_BUG; i++) {
            writeUntilCut(i, Durability.ALWAYS);
            try {
                judge(i, Durability.ALWAYS);
            } catch (StoreException | AssertionError e) {
                CampaignSize.report("%s: found by power cut %d with seed %d: %s", planted, i + 1, seed, e);
                return;
            }
        }
        throw new AssertionError(planted + " was not found, seed " + seed);
    }

    /** Cuts the power while the target opens the store, or some time after its first acknowledgements, and mounts again. */
    private void writeUntilCut(int number, Durability durability) throws Exception {
        Files.deleteIfExists(folder.resolve("acknowledged"));
        Path output = folder.resolve("output" + number);
        Process target = ChildJvm.start(
                PowerCutTarget.class,
                output,
                ext4.root().resolve("store").toString(),
                folder.resolve("acknowledged").toString(),
                durability.name(),
                bug);
        try {
            if (number % 4 == 3) {
                target.waitFor(random.nextInt(800), TimeUnit.MILLISECONDS);
            } else {
                awaitProgress(target);
                target.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
            }
            assertThat(target.isAlive())
                    .as("target: " + Files.readString(output))
                    .isTrue();
            acknowledged = acknowledged();
            ext4.cut();
        } finally {
            target.toHandle().destroyForcibly();
            target.waitFor();
            ext4.unmount();
        }
        ext4.mount();
    }

    private void judge(int number, Durability durability) throws IOException {
        Path copy = folder.resolve("copy" + number);
        if (Files.exists(ext4.root().resolve("store"))) {
            SystemRun.copy(ext4.root().resolve("store"), copy);
        }
        judge(copy, durability, "cut " + (number + 1) + " with seed " + seed);
        SystemRun.delete(copy);
    }

    private void awaitProgress(Process target) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Arrays.stream(acknowledged()).min().orElseThrow() == 0 && target.isAlive()) {
            assertThat(System.nanoTime()).as("the target makes progress").isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    private void judge(Path copy, Durability durability, String cut) throws IOException {
        long[] latest = acknowledged();
        long[] found = new long[KillTarget.WRITERS];
        long[][] seen = new long[KillTarget.WRITERS][];
        try (Store store = Store.open(copy, PowerCutTarget.options(durability))) {
            for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
                Keyspace keyspace = KillTarget.keyspace(store, writer);
                found[writer] = KillTarget.lastBatch(keyspace);
                Map<String, String> contents = contents(keyspace);
                String numbers = contents.remove(PowerCutTarget.SEEN);
                seen[writer] = numbers == null ? new long[KillTarget.WRITERS] : PowerCutTarget.numbers(numbers);
                assertThat(contents).as(cut + ", whole commits").isEqualTo(KillTarget.contents(found[writer]));
            }
            assertThatNoException()
                    .as(cut + ", goes on")
                    .isThrownBy(() -> KillTarget.keyspace(store, 0).write(KillTarget.batch(found[0] + 1)));
        }
        for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
            // One batch may have been under way that could not be acknowledged any more.
            assertThat(found[writer])
                    .as(cut + ", writer " + writer)
                    .isBetween(survived[writer], Math.max(survived[writer], latest[writer]) + 1);
            if (durability == Durability.ALWAYS) {
                assertThat(found[writer]).as(cut + ", acknowledged").isGreaterThanOrEqualTo(acknowledged[writer]);
            }
            for (int other = 0; other < KillTarget.WRITERS; other++) {
                assertThat(found[other]).as(cut + ", a prefix").isGreaterThanOrEqualTo(seen[writer][other]);
            }
            lost += Math.max(0, acknowledged[writer] - found[writer]);
            batches += found[writer] - survived[writer];
            survived[writer] = found[writer];
        }
    }

    private static Map<String, String> contents(Keyspace keyspace) {
        Map<String, String> contents = new TreeMap<>();
        keyspace.scan(KeyRange.all())
                .forEach(entry -> contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
        return contents;
    }

    /** The number of the last batch of each writer that this target has acknowledged by now; 0 if none. */
    private long[] acknowledged() throws IOException {
        long[] numbers = new long[KillTarget.WRITERS];
        Path file = folder.resolve("acknowledged");
        if (Files.exists(file)) {
            try (RandomAccessFile acknowledgements = new RandomAccessFile(file.toFile(), "r")) {
                for (int writer = 0;
                        writer < numbers.length && acknowledgements.length() >= (writer + 1) * 8L;
                        writer++) {
                    acknowledgements.seek(writer * 8L);
                    numbers[writer] = acknowledgements.readLong();
                }
            }
        }
        return numbers;
    }

    private void report(Durability durability, int cuts) {
        CampaignSize.report(
                "Power cuts of ext4, %s: %d with seed %d, %,d batches, %,d acknowledged ones lost, %.1f s",
                durability, cuts, seed, batches, lost, CampaignSize.secondsSince(startNanos));
    }
}
