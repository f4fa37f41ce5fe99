package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.Access;
import org.storedb.ChangeRetention;
import org.storedb.CompactionPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.ChangesLostException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** The changes of a store that another process writes. */
class FollowedChangesTests {

    private static final ChangeRequest ALL = ChangeRequest.all().withDelivery(Delivery.COMMITTED);
    private static final StoreOptions OPTIONS = StoreOptions.defaults()
            .withSegmentBytes(64 << 10)
            .withCompaction(CompactionPolicy.manual())
            .withChangeRetention(ChangeRetention.none());

    private final SimulatedDirectory files = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();
    private final Store writer = TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, tasks));
    private final Store follower = openFollower();

    private Store openFollower() {
        return TestStores.open(
                files, OPTIONS.withAccess(Access.FOLLOW), TestEnvironments.stepped(2, new SteppedTasks()));
    }

    @AfterEach
    void close() {
        follower.close();
        writer.close();
    }

    @Test
    void whatTheFollowerHasSeenIsDelivered() {
        ChangeReader reader = follower.changes().read(ALL);
        put("a");
        assertThat(reader.poll()).as("not seen yet").isNull();
        follower.refresh();
        assertThat(ChangeLines.drain(reader)).containsExactly("PUT k a 1");
        put("b");
        follower.refresh();
        put("c");
        writer.collection("people").insert(Map.of("id", "ada", "name", "Ada"));
        follower.refresh();
        assertThat(ChangeLines.drain(reader)).containsExactly("PUT k b 1", "PUT k c 1", "INSERT people ada 0 Ada");
    }

    @Test
    void aReaderGoesOnAcrossSegments() {
        ChangeReader each = follower.changes().read(ALL);
        ChangeReader seldom = follower.changes().read(ALL);
        List<String> expected = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            writer.keyspace("k").put(("k" + i).getBytes(UTF_8), "x".repeat(1000).getBytes(UTF_8));
            expected.add("PUT k k" + i + " " + "x".repeat(1000));
            if (i % 7 == 0) {
                follower.refresh();
                read.addAll(ChangeLines.drain(each));
            }
        }
        follower.refresh();
        read.addAll(ChangeLines.drain(each));
        assertThat(writer.stats().log().segments()).hasSizeGreaterThan(4);
        assertThat(read).isEqualTo(expected);
        assertThat(ChangeLines.drain(seldom)).isEqualTo(expected);
        assertThat(ChangeLines.drain(follower.changes().read(ALL.after(0)))).isEqualTo(expected);
    }

    @Test
    void whatTheWritersCompactionRemovesIsMissed() {
        ChangeReader slow = follower.changes().read(ALL.after(0));
        for (int i = 0; i < 300; i++) {
            writer.keyspace("k").put(new byte[] {1}, new byte[1000]);
            if (i == 10) {
                follower.refresh();
                assertThat(slow.poll()).isNotNull();
            }
        }
        var done = writer.compact();
        tasks.runWaiting();
        assertThat(done).isCompleted();
        follower.refresh();

        assertThat(follower.changes().oldestPosition())
                .isEqualTo(writer.changes().oldestPosition())
                .isPositive();
        assertThatThrownBy(() -> ChangeLines.drain(slow)).isInstanceOf(ChangesLostException.class);
        ChangeReader anew =
                follower.changes().read(ALL.after(follower.changes().snapshot().sequence()));
        put("b");
        follower.refresh();
        assertThat(ChangeLines.drain(anew)).containsExactly("PUT k b 1");
    }

    @Test
    void listenersHearOfARefresh() {
        SteppedTasks background = new SteppedTasks();
        try (Store reading =
                TestStores.open(files, OPTIONS.withAccess(Access.FOLLOW), TestEnvironments.stepped(3, background))) {
            List<String> received = new ArrayList<>();
            ChangeSubscription subscription =
                    reading.changes().subscribe(ALL, transaction -> received.addAll(ChangeLines.of(transaction)));
            put("a");
            background.runRepeated();
            background.runWaiting();
            assertThat(received).containsExactly("PUT k a 1");
            subscription.close();
        }
    }

    @Test
    void whatOnlyTheWriterCanDoIsRefused() {
        assertThatThrownBy(() -> follower.changes().read(ChangeRequest.all()))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("Delivery.COMMITTED");
        assertThatThrownBy(() -> follower.changes().read(ALL.named("x")))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("'x'");
        writer.changes().read(ChangeRequest.all().named("x")).close();
        follower.refresh();
        assertThat(follower.changes().positions()).containsOnlyKeys("x");
        assertThatThrownBy(() -> follower.changes().forget("x")).isInstanceOf(ReadOnlyException.class);
    }

    @Test
    void closingEndsReaders() {
        ChangeReader reader = follower.changes().read(ALL);
        follower.close();
        assertThatThrownBy(reader::poll).isInstanceOf(StoreClosedException.class);
    }

    private void put(String key) {
        writer.keyspace("k").put(key.getBytes(UTF_8), "1".getBytes(UTF_8));
    }
}
