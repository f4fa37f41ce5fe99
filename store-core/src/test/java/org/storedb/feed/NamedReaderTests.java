package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.storedb.ChangeRetention;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.error.ChangesLostException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.StoreFailedException;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** What the store remembers of consumers that have a name. */
class NamedReaderTests {

    private static final ChangeRequest EACH =
            ChangeRequest.ofKeyspaces("k").named("mailer").recordedEvery(1, Duration.ZERO);

    private static final StoreOptions OPTIONS =
            StoreOptions.defaults().withSegmentBytes(64 << 10).withChangeRetention(ChangeRetention.none());

    private final SimulatedDirectory files = new SimulatedDirectory();

    @Test
    void aNameGoesOnWhereItWas() {
        try (Store store = open(files)) {
            ChangeReader reader = store.changes().read(EACH);
            put(store, "a", "b", "c");
            assertThat(ChangeLines.of(onlyChange(reader))).isEqualTo("PUT k a 1");
            assertThat(ChangeLines.of(onlyChange(reader))).isEqualTo("PUT k b 1");
        }
        try (Store store = open(files)) {
            ChangeReader reader = store.changes().read(EACH);
            assertThat(ChangeLines.drain(reader)).as("b was never confirmed").containsExactly("PUT k b 1", "PUT k c 1");
        }
        try (Store store = open(files)) {
            assertThat(ChangeLines.drain(store.changes().read(EACH))).isEmpty();
        }
    }

    @Test
    void aKilledConsumerRepeatsNothingThatWasRecorded() {
        Store killed = open(files);
        ChangeReader reader = killed.changes().read(EACH);
        put(killed, "a", "b", "c");
        onlyChange(reader);
        onlyChange(reader);

        try (Store store = open(files.afterKill())) {
            assertThat(ChangeLines.drain(store.changes().read(EACH))).containsExactly("PUT k b 1", "PUT k c 1");
        }
    }

    /** The reads that fail are those of the change, or of what was there before it. */
    @Test
    void whatCouldNotBeReadComesAgain() {
        AtomicInteger readsLeft = new AtomicInteger(Integer.MAX_VALUE);
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (operation.kind() == IoOperation.Kind.READ && readsLeft.getAndDecrement() == 0) {
                    throw new OutOfMemoryError("planned");
                }
            }
        };
        try (Store store = TestStores.open(
                new InterceptedDirectory(files, disk), OPTIONS, TestEnvironments.stepped(1, new SteppedTasks()))) {
            ChangeReader reader = store.changes().read(EACH.withBefore());
            int failures = 0;
            for (int reads = 0; reads < 8; reads++) {
                put(store, "a", "b");
                readsLeft.set(reads);
                List<String> lines = new ArrayList<>();
                for (int polls = 0; polls < 4; polls++) {
                    try {
                        ChangeTransaction next = reader.poll();
                        lines.addAll(next == null ? List.of() : ChangeLines.of(next));
                    } catch (OutOfMemoryError e) {
                        failures++;
                    }
                }
                assertThat(lines).as("%d reads before a failure", reads).containsExactly("PUT k a 1", "PUT k b 1");
            }
            assertThat(failures).isGreaterThan(2);
        }
    }

    @Test
    void confirmingRecordsAtOnce() {
        Store killed = open(files);
        ChangeReader reader = killed.changes().read(EACH.recordedEvery(1000, Duration.ofDays(1)));
        put(killed, "a", "b", "c");
        onlyChange(reader);
        long position = reader.confirm();
        assertThat(killed.changes().positions()).isEqualTo(Map.of("mailer", position));
        onlyChange(reader);
        onlyChange(reader);

        try (Store store = open(files.afterKill())) {
            ChangeReader next = store.changes().read(EACH);
            assertThat(next.position()).isEqualTo(position);
            assertThat(ChangeLines.drain(next)).containsExactly("PUT k b 1", "PUT k c 1");
        }
    }

    @Test
    void aNameBeginsWhereItWasFirstOpened() {
        Store killed = open(files);
        put(killed, "before");
        ChangeReader unused = killed.changes().read(EACH);
        put(killed, "a");

        try (Store store = open(files.afterKill())) {
            assertThat(ChangeLines.drain(store.changes().read(EACH))).containsExactly("PUT k a 1");
        }
        assertThat(unused.position()).isPositive();
    }

    @Test
    void positionsAreRecordedSeldomly() {
        SteppedTasks tasks = new SteppedTasks();
        try (Store store = TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, tasks))) {
            ChangeReader reader = store.changes().read(EACH.recordedEvery(10, Duration.ofDays(1)));
            long start = reader.position();
            for (int i = 0; i < 25; i++) {
                put(store, "k" + i);
            }
            long written = store.snapshot().sequence();
            for (int i = 0; i < 25; i++) {
                onlyChange(reader);
            }
            assertThat(store.snapshot().sequence() - written).isEqualTo(2);
            assertThat(store.changes().positions().get("mailer"))
                    .isEqualTo(start + 23); // Before them the keyspaces were made.

            assertThat(reader.poll()).isNull();
            tasks.runRepeated();
            assertThat(store.snapshot().sequence() - written).as("not due yet").isEqualTo(2);
        }
        try (Store store = TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, tasks))) {
            assertThat(ChangeLines.drain(store.changes().read(EACH))).isEmpty();
        }
    }

    @Test
    void aPositionIsRecordedInTheBackgroundWhenItIsDue() {
        SteppedTasks tasks = new SteppedTasks();
        try (Store store = TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, tasks))) {
            ChangeReader reader = store.changes().read(EACH.recordedEvery(1000, Duration.ofNanos(3)));
            put(store, "a");
            onlyChange(reader);
            assertThat(reader.poll()).isNull();
            for (int i = 0; i < 5; i++) {
                tasks.runRepeated();
            }
            assertThat(store.changes().positions()).isEqualTo(Map.of("mailer", reader.position()));
        }
    }

    @Test
    void aConsumerWhosePositionCannotBeRecordedKeepsNobodyFromGoingOn() {
        SteppedTasks tasks = new SteppedTasks();
        AtomicBoolean failing = new AtomicBoolean();
        IoInterceptor disk = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (failing.get() && operation.kind() == IoOperation.Kind.WRITE) {
                    throw new OutOfMemoryError("planned");
                }
            }
        };
        List<Change> received = new ArrayList<>();
        AtomicInteger refusals = new AtomicInteger(2);
        Store store =
                TestStores.open(new InterceptedDirectory(files, disk), OPTIONS, TestEnvironments.stepped(1, tasks));
        ChangeReader reader = store.changes().read(EACH.recordedEvery(1000, Duration.ofNanos(3)));
        ChangeRequest retried = ChangeRequest.all().withRetries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO));
        ChangeSubscription subscription = store.changes().subscribe(retried, transaction -> {
            if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("planned");
            }
            received.addAll(transaction.changes());
        });
        put(store, "a");
        onlyChange(reader);
        assertThat(reader.poll()).isNull();
        tasks.runWaiting();

        failing.set(true);
        tasks.runRepeated(); // The log fails, with an error that nobody expects.
        tasks.runWaiting();
        assertThat(store.stats().failure()).isNotNull();
        assertThat(refusals).hasValue(0);
        tasks.runRepeated(); // It has failed.
        tasks.runWaiting();
        assertThat(received).hasSize(1);
        assertThatThrownBy(reader::confirm).isInstanceOf(StoreFailedException.class);
        subscription.close();
        failing.set(false);
        store.close();
    }

    @Test
    void aPositionIsRecordedWhileTheConsumerWaits() throws Exception {
        try (Store store = Store.openInMemory()) {
            ChangeReader reader = store.changes().read(EACH.recordedEvery(1000, Duration.ofMillis(1)));
            put(store, "a");
            onlyChange(reader);
            assertThat(reader.next(Duration.ofMillis(300))).isNull();
            assertThat(store.changes().positions().get("mailer"))
                    .isGreaterThanOrEqualTo(store.snapshot().sequence() - 1);
        }
    }

    @Test
    void aConsumerOfLittleGetsOnBesideMuchElse() {
        try (Store store = Store.openInMemory()) {
            ChangeReader reader = store.changes().read(EACH);
            for (int i = 0; i < 10_100; i++) {
                store.keyspace("other").put(new byte[] {1}, new byte[] {2});
            }
            assertThat(reader.poll()).isNull();
            assertThat(store.changes().positions().get("mailer")).isGreaterThan(10_000);
        }
    }

    @Test
    void aNameIsOpenOnce() {
        try (Store store = open(files)) {
            ChangeReader reader = store.changes().read(EACH);
            assertThatThrownBy(() -> store.changes().read(EACH))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'mailer'");
            assertThatThrownBy(() -> store.changes().forget("mailer")).isInstanceOf(IllegalStateException.class);
            reader.close();
            assertThat(store.changes().forget("mailer")).isTrue();
            assertThat(store.changes().forget("mailer")).isFalse();
            assertThat(store.changes().positions()).isEmpty();
            assertThatThrownBy(() -> ChangeRequest.all().named("not allowed")).isInstanceOf(InvalidNameException.class);
        }
    }

    @Test
    void aForgottenNameBeginsAnew() {
        try (Store store = open(files)) {
            store.changes().read(EACH).close();
            put(store, "a");
            store.changes().forget("mailer");
            put(store, "b");
            ChangeReader reader =
                    store.changes().read(EACH.after(store.snapshot().sequence() - 1));
            assertThat(ChangeLines.drain(reader)).containsExactly("PUT k b 1");
        }
    }

    @Test
    void aNameThatWasAwayForTooLongIsToldSo() {
        SteppedTasks tasks = new SteppedTasks();
        try (Store store = TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, tasks))) {
            store.changes().read(EACH).close();
            for (int i = 0; i < 300; i++) {
                store.keyspace("k").put(new byte[] {1}, new byte[1000]);
            }
            var done = store.compact();
            tasks.runWaiting();
            assertThat(done).isCompleted();
        }
        try (Store store = open(files)) {
            assertThat(store.changes().oldestPosition()).isPositive();
            assertThatThrownBy(() -> store.changes().read(EACH)).isInstanceOf(ChangesLostException.class);
        }
    }

    private static Change onlyChange(ChangeReader reader) {
        List<Change> changes = Objects.requireNonNull(reader.poll()).changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static void put(Store store, String... keys) {
        for (String key : keys) {
            store.keyspace("k").put(key.getBytes(UTF_8), "1".getBytes(UTF_8));
        }
    }

    private static Store open(SimulatedDirectory files) {
        return TestStores.open(files, OPTIONS, TestEnvironments.stepped(1, new SteppedTasks()));
    }
}
