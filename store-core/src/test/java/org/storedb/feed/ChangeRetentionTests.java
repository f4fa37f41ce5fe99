package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.ChangeRetention;
import org.storedb.CompactionPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.storage.StorageFile;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What compactions leave in place for those who follow the changes. */
class ChangeRetentionTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final ChangeRequest NAMED = ChangeRequest.all().named("slow").recordedEvery(1, Duration.ZERO);

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final AtomicLong millis = new AtomicLong(1_790_000_000_000L);
    private SteppedTasks tasks = new SteppedTasks();
    private @Nullable Store store;

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void whatANameHasNotConfirmedStays() {
        Store opened = open(ChangeRetention.defaults());
        ChangeReader slow = opened.changes().read(NAMED);
        overwrite(opened, 200);
        long segments = opened.stats().log().segments().size();
        compact(opened);

        assertThat(opened.changes().oldestPosition()).isZero();
        assertThat(opened.stats().log().segments()).hasSizeGreaterThanOrEqualTo((int) segments);
        assertThat(ChangeLines.drain(slow)).hasSize(200);
        slow.confirm();
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isPositive();
        assertThat(opened.stats().log().segments()).hasSizeLessThan(4);
    }

    @Test
    void aNameThatIsNotOpenCountsAsWell() {
        Store opened = open(ChangeRetention.defaults());
        opened.changes().read(NAMED).close();
        overwrite(opened, 200);
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isZero();

        opened.changes().forget("slow");
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isPositive();
    }

    @Test
    void compactionsGoOnWhenAPositionCannotBeRead() throws IOException {
        Store opened = open(ChangeRetention.defaults());
        opened.changes().read(NAMED).close();
        damagePosition();
        overwrite(opened, 200);
        compact(opened);

        assertThat(opened.changes().oldestPosition()).as("it may be any").isZero();
    }

    @Test
    void noMoreThanTheBoundStays() {
        Store opened = open(ChangeRetention.defaults().withBytesMax(3L * SEGMENT_BYTES));
        ChangeReader slow = opened.changes().read(NAMED);
        overwrite(opened, 400);
        compact(opened);

        long oldest = opened.changes().oldestPosition();
        assertThat(oldest).isPositive();
        assertThat(ChangeLines.drain(opened.changes().read(ChangeRequest.all().after(oldest))))
                .hasSizeBetween(100, 250);
        assertThatThrownBy(() -> ChangeLines.drain(slow)).hasMessageContaining("cannot be delivered");
        // Its position is of no use any more, and holds nothing back.
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isGreaterThan(oldest);
    }

    @Test
    void nothingStaysUnlessAskedFor() {
        Store opened = open(ChangeRetention.none());
        ChangeReader slow = opened.changes().read(NAMED);
        overwrite(opened, 200);
        compact(opened);

        assertThat(opened.changes().oldestPosition()).isPositive();
        assertThatThrownBy(() -> ChangeLines.drain(slow)).hasMessageContaining("cannot be delivered");
    }

    @Test
    void everyChangeStaysForAWhile() {
        Store opened = open(ChangeRetention.none().withBytesMax(1 << 30).withAge(Duration.ofHours(1)));
        overwrite(opened, 200);
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isZero();

        millis.addAndGet(Duration.ofHours(1).toMillis());
        compact(opened);
        assertThat(opened.changes().oldestPosition()).isPositive();
        assertThatThrownBy(() -> ChangeRetention.none().withBytesMax(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoreThatIsShortOfSpaceKeepsNothing() {
        store = TestStores.open(
                files,
                options(ChangeRetention.defaults()).withBytesOnDiskMax(1 << 20),
                TestEnvironments.stepped(1, tasks));
        ChangeReader unread = store.changes().read(NAMED);
        overwrite(store, 850);
        compact(store);

        assertThat(store.changes().oldestPosition()).isPositive();
        assertThat(unread.position()).isLessThan(store.changes().oldestPosition());
    }

    @Test
    void whatIsKeptIsKnownAfterReopening() {
        Store opened = open(ChangeRetention.none());
        overwrite(opened, 200);
        compact(opened);
        long oldest = opened.changes().oldestPosition();
        opened.close();

        tasks = new SteppedTasks();
        Store again = open(ChangeRetention.none());
        assertThat(oldest).isPositive();
        assertThat(again.changes().oldestPosition()).isEqualTo(oldest);
    }

    private Store open(ChangeRetention retention) {
        store = TestStores.open(
                files,
                options(retention),
                TestEnvironments.stepped(1, tasks, () -> Instant.ofEpochMilli(millis.get())));
        return store;
    }

    private void damagePosition() throws IOException {
        try (StorageFile file = files.open("segment-0000000001.log")) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            byte[] name = "slow".getBytes(UTF_8);
            int at = 0;
            while (!Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
                at++;
            }
            file.write(at + name.length + 8, new byte[] {(byte) (bytes[at + name.length + 8] ^ 4)}, 0, 1);
        }
    }

    private static StoreOptions options(ChangeRetention retention) {
        return StoreOptions.defaults()
                .withSegmentBytes(SEGMENT_BYTES)
                .withCompaction(CompactionPolicy.manual())
                .withChangeRetention(retention);
    }

    private static void overwrite(Store store, int times) {
        for (int i = 0; i < times; i++) {
            store.keyspace("k").put("key".getBytes(UTF_8), new byte[1000]);
        }
    }

    private void compact(Store opened) {
        var done = opened.compact();
        tasks.runWaiting();
        assertThat(done).isCompleted();
    }
}
