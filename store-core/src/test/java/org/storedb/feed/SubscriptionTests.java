package org.storedb.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.error.ChangesLostException;
import org.storedb.feed.SubscriptionStatus.State;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.testing.CheckedExceptions;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

/** What listeners get, and what becomes of those that are slow, throw or do not return. */
class SubscriptionTests {

    private static final long PATIENCE_SECONDS = 60;
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));

    private final Store store = Store.openInMemory(
            StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual()));
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aListenerGetsWhatIsCommitted() throws Exception {
        try (ChangeSubscription subscription = store.changes().subscribe(ChangeRequest.all(), this::receive)) {
            put("a");
            assertThat(take()).isEqualTo("PUT k a 1");
            put("b");
            put("c");
            assertThat(take()).isEqualTo("PUT k b 1");
            assertThat(take()).isEqualTo("PUT k c 1");
            until(() -> subscription.status().behind() == 0);
            assertThat(subscription.status().delivered()).isEqualTo(3);
            assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
            assertThat(subscription.status().error()).isNull();
        }
    }

    @Test
    void aListenerThatThrowsGetsTheSameAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ChangeSubscription subscription = store.changes()
                .subscribe(ChangeRequest.all().withRetries(QUICK), transaction -> {
                    if (calls.incrementAndGet() <= 3) {
                        throw new IllegalArgumentException("not yet");
                    }
                    receive(transaction);
                });
        put("a");
        put("b");

        assertThat(take()).isEqualTo("PUT k a 1");
        assertThat(take()).isEqualTo("PUT k b 1");
        assertThat(calls).hasValue(5);
        until(() -> subscription.status().delivered() == 2);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
        assertThat(subscription.status().failures()).isZero();
    }

    @Test
    void aListenerThatThrowsAgainAndAgainGetsNothingMore() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ChangeRequest request = ChangeRequest.all().named("bad").withRetries(QUICK);
        ChangeSubscription bad = store.changes().subscribe(request, transaction -> {
            calls.incrementAndGet();
            throw new IllegalArgumentException("never");
        });
        store.changes().subscribe(ChangeRequest.all(), this::receive);
        put("a");
        until(() -> bad.status().state() == State.FAILED);
        put("b");

        assertThat(take()).isEqualTo("PUT k a 1");
        assertThat(take()).isEqualTo("PUT k b 1");
        assertThat(calls).hasValue(4);
        assertThat(bad.status().error()).hasMessage("never");
        assertThat(bad.status().failures()).isEqualTo(4);
        assertThat(bad.status().behind()).isPositive();
        bad.close();
        assertThat(bad.status().state()).isEqualTo(State.FAILED);

        // Its name is free again, and what it could not take comes first.
        store.changes().subscribe(request, this::receive);
        assertThat(take()).isEqualTo("PUT k a 1");
        assertThat(take()).isEqualTo("PUT k b 1");
    }

    @Test
    void aListenerHearsOnceThatItGetsNothingMore() throws Exception {
        BlockingQueue<SubscriptionStatus> ends = new LinkedBlockingQueue<>();
        ChangeSubscription bad = store.changes()
                .subscribe(ChangeRequest.all().named("bad").withRetries(QUICK), new ChangeListener() {
                    @Override
                    public void changed(ChangeTransaction transaction) {
                        throw new IllegalArgumentException("never");
                    }

                    @Override
                    public void failed(SubscriptionStatus status) {
                        ends.add(status);
                        CheckedExceptions.throwAnyway(new IOException("not even this"));
                    }
                });
        put("a");

        SubscriptionStatus end = Objects.requireNonNull(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertThat(end.name()).isEqualTo("bad");
        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.error()).hasMessage("never");
        assertThat(end.behind()).isPositive();
        until(() -> isFree("bad"));
        bad.close();
        assertThat(ends).isEmpty();
    }

    private boolean isFree(String name) {
        try {
            return store.changes().forget(name);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void pausesGrowUpToABound() {
        RetryPolicy policy = new RetryPolicy(100, Duration.ofMillis(100), Duration.ofSeconds(1));
        assertThat(List.of(1, 2, 3, 4, 5, 100))
                .map(retry -> policy.pauseBefore(retry).toMillis())
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(RetryPolicy.none().retries()).isZero();
        assertThatThrownBy(() -> new RetryPolicy(-1, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlowListenerHoldsNobodyUp() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ChangeSubscription slow = store.changes().subscribe(ChangeRequest.all(), transaction -> {
            entered.countDown();
            released.await();
        });
        put("a");
        entered.await();
        for (int i = 0; i < 1000; i++) {
            put("k" + i);
        }
        assertThat(slow.status().delivered()).isZero();
        released.countDown();

        until(() -> slow.status().delivered() == 1001);
        assertThat(slow.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aListenerThatIsSlowerThanCompactionIsStoppedWithTheReason() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ChangeSubscription slow = store.changes().subscribe(ChangeRequest.all(), transaction -> {
            entered.countDown();
            released.await();
        });
        put("a");
        entered.await();
        for (int i = 0; i < 3000; i++) {
            store.keyspace("k").put(new byte[] {1}, new byte[100]);
        }
        store.compact().join();
        released.countDown();

        until(() -> slow.status().state() == State.FAILED);
        assertThat(slow.status().error()).isInstanceOf(ChangesLostException.class);
    }

    @Test
    void closingWaitsForTheListener() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        ChangeSubscription subscription = store.changes().subscribe(ChangeRequest.all(), transaction -> {
            entered.countDown();
            Thread.sleep(50);
            done.add("returned");
        });
        put("a");
        entered.await();
        subscription.close();

        assertThat(done).containsExactly("returned");
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
        put("b");
        subscription.close();
        assertThat(subscription.status().delivered()).isEqualTo(1);
    }

    @Test
    void aListenerMayCloseItsSubscription() throws Exception {
        AtomicReference<ChangeSubscription> own = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ChangeRequest request = ChangeRequest.all().named("once");
        ChangeSubscription subscription = store.changes().subscribe(request, transaction -> {
            Objects.requireNonNull(own.get()).close();
            closed.countDown();
            released.await();
            receive(transaction);
        });
        own.set(subscription);
        put("a");
        put("b");
        closed.await();
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> store.changes().subscribe(request, this::receive))
                .as("it has not confirmed a yet")
                .isInstanceOf(IllegalStateException.class);
        released.countDown();
        assertThat(take()).isEqualTo("PUT k a 1");
        until(() -> isFree(request));

        assertThat(subscription.status().delivered()).isEqualTo(1);
        assertThat(subscription.status().recordedPosition())
                .isEqualTo(subscription.status().position());
        store.changes().subscribe(request, this::receive);
        assertThat(take()).as("a was confirmed by returning").isEqualTo("PUT k b 1");
    }

    /** Takes as long as closing waits. */
    @Test
    void aListenerThatDoesNotReturnConfirmsNothingMore() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ChangeRequest request = ChangeRequest.all().named("stuck").recordedEvery(1, Duration.ZERO);
        ChangeSubscription stuck = store.changes().subscribe(request, transaction -> {
            entered.countDown();
            released.await();
        });
        put("a");
        put("b");
        entered.await();
        stuck.close();
        ChangeSubscription successor = store.changes().subscribe(request, this::receive);
        assertThat(take()).isEqualTo("PUT k a 1");
        assertThat(take()).isEqualTo("PUT k b 1");
        successor.close();
        Map<String, Long> positions = store.changes().positions();
        released.countDown();
        stuck.close();

        assertThat(stuck.status().delivered()).isEqualTo(1);
        assertThat(store.changes().positions()).isEqualTo(positions);
    }

    @Test
    void aListenerMayCloseTheStore() throws Exception {
        ChangeSubscription subscription = store.changes().subscribe(ChangeRequest.all(), transaction -> {
            store.close();
            receive(transaction);
        });
        put("a");

        assertThat(take()).isEqualTo("PUT k a 1");
        assertThat(store.isOpen()).isFalse();
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
    }

    /** That the log cannot be synced is found by a thread that closing waits for. */
    @Test
    void aListenerMayCloseAStoreThatHasFailed() throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        IoInterceptor syncs = new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (failing.get() && operation.kind() == IoOperation.Kind.SYNC) {
                    throw new IOException("planned");
                }
            }
        };
        Store failed = Store.open(
                new InterceptedDirectory(new MemoryDirectory(), syncs),
                StoreOptions.defaults().withDurability(Durability.OS));
        BlockingQueue<State> ends = new LinkedBlockingQueue<>();
        failed.changes().subscribe(ChangeRequest.all(), new ChangeListener() {
            @Override
            public void changed(ChangeTransaction transaction) {}

            @Override
            public void failed(SubscriptionStatus status) {
                failed.close();
                ends.add(status.state());
            }
        });
        failing.set(true);
        failed.keyspace("k").put("a".getBytes(UTF_8), "1".getBytes(UTF_8));

        assertThat(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(State.FAILED);
        assertThat(failed.isOpen()).isFalse();
    }

    @Test
    void aListenerMayWrite() throws Exception {
        store.changes().subscribe(ChangeRequest.ofKeyspaces("k"), transaction -> {
            for (Change change : transaction.changes()) {
                store.keyspace("copy").put(((ValueChange) change).key(), ((ValueChange) change).value());
            }
        });
        store.changes().subscribe(ChangeRequest.ofKeyspaces("copy"), this::receive);
        put("a");

        assertThat(take()).isEqualTo("PUT copy a 1");
    }

    @Test
    void anErrorOfAListenerIsAFailureLikeAnyOther() throws Exception {
        ChangeSubscription subscription = store.changes()
                .subscribe(ChangeRequest.all().withRetries(RetryPolicy.none()), transaction -> {
                    throw new StackOverflowError("deep");
                });
        put("a");

        until(() -> subscription.status().state() == State.FAILED);
        assertThat(subscription.status().error()).isInstanceOf(StackOverflowError.class);
    }

    private void receive(ChangeTransaction transaction) {
        transaction.changes().forEach(change -> received.add(ChangeLines.of(change)));
    }

    private String take() throws InterruptedException {
        String line = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return line == null ? "nothing" : line;
    }

    private boolean isFree(ChangeRequest request) {
        try {
            store.changes().read(request).close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void put(String key) {
        store.keyspace("k").put(key.getBytes(UTF_8), "1".getBytes(UTF_8));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
            Thread.sleep(1);
        }
    }
}
