package org.storedb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.Store;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeTransaction;

/** Kills a process that writes and consumes, again and again: a consumer misses nothing, and repeats no more than it may. */
class FeedKillTests {

    private static final long PATIENCE_SECONDS = 60;
    private static final int KILLS_AT_NIGHT = 1000;

    @TempDir
    Path folder;

    @Test
    void aKilledConsumerGoesOnBehindWhatItHadConfirmed() throws Exception {
        long seed = CampaignSize.freshSeed();
        Random random = new Random(seed);
        int kills = CampaignSize.of(8, KILLS_AT_NIGHT);
        for (int i = 0; i < kills; i++) {
            killAfterProgress(random.nextInt(100));
            if (i % 2 == 1) {
                verify();
            }
        }
        long last = note(1);
        CampaignSize.report("Kills of consumers: %d with seed %d, %,d changes consumed", kills, seed, last);
        assertThat(last).isGreaterThan(kills);
    }

    private void verify() throws IOException {
        try (Store store = Store.open(folder.resolve("store"), FeedKillTarget.options())) {
            long last = FeedKillTarget.lastNumber(store.keyspace("numbers"));
            for (int consumer = 0; consumer < FeedKillTarget.CONSUMERS; consumer++) {
                long confirmed = note(2 * consumer);
                long got = note(2 * consumer + 1);
                assertThat(got).as("what was consumed is in the store").isLessThanOrEqualTo(last);
                try (ChangeReader reader = store.changes().read(FeedKillTarget.request(consumer))) {
                    requireRest(reader, consumer, confirmed, got, last);
                }
            }
        }
    }

    private static void requireRest(ChangeReader reader, int consumer, long confirmed, long got, long last) {
        long expected = 0;
        for (ChangeTransaction next = reader.poll(); next != null; next = reader.poll()) {
            long number = FeedKillTarget.number(next);
            if (expected == 0) {
                // Each process may have handed out one more than it could note.
                assertThat(number).as("consumer %d misses nothing", consumer).isLessThanOrEqualTo(got + 2);
                if (consumer == 0) {
                    assertThat(number).as("nothing confirmed comes again").isGreaterThan(confirmed);
                }
                expected = number;
            }
            assertThat(number).isEqualTo(expected);
            expected++;
        }
        if (expected != 0) {
            assertThat(expected).as("all of it comes").isEqualTo(last + 1);
        } else {
            assertThat(got).as("nothing was left").isGreaterThanOrEqualTo(last - 1);
        }
    }

    /** Runs the target until it has consumed something, and kills it at some moment after that. */
    private void killAfterProgress(int millis) throws Exception {
        long before = note(1);
        Process target = ChildJvm.start(
                FeedKillTarget.class,
                folder.resolve("output"),
                folder.resolve("store").toString(),
                folder.resolve("notes").toString());
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (note(1) <= before || note(3) == 0) {
                assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
                assertThat(System.nanoTime()).as("the target makes progress").isLessThan(deadline);
                Thread.sleep(1);
            }
            target.waitFor(millis, TimeUnit.MILLISECONDS);
            assertThat(target.isAlive()).as(() -> "target: " + output()).isTrue();
        } finally {
            target.toHandle().destroyForcibly();
            target.waitFor();
        }
    }

    private long note(int place) throws IOException {
        Path file = folder.resolve("notes");
        if (!Files.exists(file)) {
            return 0;
        }
        try (RandomAccessFile notes = new RandomAccessFile(file.toFile(), "r")) {
            if (notes.length() < (place + 1L) * Long.BYTES) {
                return 0;
            }
            notes.seek((long) place * Long.BYTES);
            return notes.readLong();
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
