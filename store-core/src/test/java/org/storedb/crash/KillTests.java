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

    @TempDir
    Path folder;

    private final Random random = new Random();

    @Test
    void killedProcessLosesNothingAcknowledged() throws Exception {
        int kills = CampaignSize.of(4);
        long acknowledged = 0;
        for (int i = 0; i < kills; i++) {
            acknowledged = killOnce(acknowledged);
            // Every other time the next process meets what the killed one left.
            if (i % 2 == 1 || i == kills - 1) {
                verify();
            }
        }
        CampaignSize.report("Kills: %d, %,d batches acknowledged by the first writer", kills, acknowledged);
    }

    /** Runs the target until it has made progress, and kills it at some moment after that. */
    private long killOnce(long before) throws Exception {
        Process target = start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (acknowledged(0) <= before + 20) {
                assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
                assertThat(System.nanoTime()).as("the target makes progress").isLessThan(deadline);
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(200));
            assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
        } finally {
            target.toHandle().destroyForcibly();
            target.waitFor();
        }
        return acknowledged(0);
    }

    private void verify() throws IOException {
        try (Store store = Store.open(folder.resolve("store"), KillTarget.options())) {
            for (int writer = 0; writer < KillTarget.WRITERS; writer++) {
                Keyspace keyspace = KillTarget.keyspace(store, writer);
                long last = KillTarget.lastBatch(keyspace);
                assertThat(last).isBetween(acknowledged(writer), acknowledged(writer) + 1);
                Map<String, String> contents = new TreeMap<>();
                keyspace.scan(KeyRange.all())
                        .forEach(entry ->
                                contents.put(new String(entry.key(), UTF_8), new String(entry.value(), UTF_8)));
                assertThat(contents).isEqualTo(KillTarget.contents(last));
            }
        }
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
