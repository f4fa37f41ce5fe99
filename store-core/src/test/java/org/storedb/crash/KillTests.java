package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.KeyRange;
import org.storedb.Keyspace;
import org.storedb.Store;

/** Kills a process that writes with four threads and compacts, again and again: nothing acknowledged may be missing. */
class KillTests {

    private static final long PATIENCE_SECONDS = 60;
    private static final int KILLS_AT_NIGHT = 3000;

    @TempDir
    Path folder;

    private final long[] verified = new long[KillTarget.WRITERS];
    private int killsSinceVerification;

    @Test
    void killedProcessLosesNothingAcknowledged() throws Exception {
        long start = System.nanoTime();
        long seed = CampaignSize.freshSeed();
        Random random = new Random(seed);
        int kills = CampaignSize.of(60, KILLS_AT_NIGHT);
        for (int i = 0; i < kills; i++) {
            if (i % 4 == 3) {
                killAtAnyMoment(random.nextInt(600));
            } else {
                killAfterProgress(random.nextInt(60));
            }
            // Every other time the next process meets what the killed one left.
            if (i % 2 == 1 || i == kills - 1) {
                verify();
            }
        }
        long acknowledged = 0;
        for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
            acknowledged += acknowledged(writer);
        }
        CampaignSize.report(
                "Kills: %d with seed %d, %,d batches acknowledged, %.1f s",
                kills, seed, acknowledged, CampaignSize.secondsSince(start));
        assertThat(acknowledged).isGreaterThan(kills);
    }

    /** Kills the target while it starts, opens the store or writes. */
    private void killAtAnyMoment(int millis) throws Exception {
        Process target = start();
        try {
            target.waitFor(millis, TimeUnit.MILLISECONDS);
            assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
        } finally {
            kill(target);
        }
    }

    /** Runs the target until it has made progress, and kills it at some moment after that. */
    private void killAfterProgress(int millis) throws Exception {
        long before = acknowledged(0);
        Process target = start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (acknowledged(0) <= before) {
                assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
                assertThat(System.nanoTime()).as("the target makes progress").isLessThan(deadline);
                Thread.sleep(1);
            }
            target.waitFor(millis, TimeUnit.MILLISECONDS);
            assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
        } finally {
            kill(target);
        }
    }

    /** Not by {@link Process#destroyForcibly}, which throws away what the process has written to its pipes. */
    private void kill(Process target) throws InterruptedException {
        target.toHandle().destroyForcibly();
        target.waitFor();
        killsSinceVerification++;
    }

    private void verify() throws IOException {
        try (Store store = Store.open(folder.resolve("store"), KillTarget.options())) {
            for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
                Keyspace keyspace = KillTarget.keyspace(store, writer);
                long last = KillTarget.lastBatch(keyspace);
                // Each of the killed processes may have had one batch under way that it could not acknowledge any more.
                long least = Math.max(acknowledged(writer), verified[writer]);
                assertThat(last).isBetween(least, least + killsSinceVerification);
                verified[writer] = last;
                Map<String, String> contents = new TreeMap<>();
                keyspace.scan(KeyRange.all())
                        .forEach(entry ->
                                contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
                assertThat(contents).isEqualTo(KillTarget.contents(last));
            }
        }
        killsSinceVerification = 0;
    }

    private long acknowledged(int writer) throws IOException {
        Path file = folder.resolve("acknowledged");
        if (!Files.exists(file)) {
            return 0;
        }
        try (RandomAccessFile acknowledged = new RandomAccessFile(file.toFile(), "r")) {
            long position = (long) writer * Long.BYTES;
            if (acknowledged.length() < position + Long.BYTES) {
                return 0;
            }
            acknowledged.seek(position);
            return acknowledged.readLong();
        }
    }

    private Process start() throws IOException {
        return ChildJvm.start(
                KillTarget.class,
                folder.resolve("output"),
                folder.resolve("store").toString(),
                folder.resolve("acknowledged").toString());
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
