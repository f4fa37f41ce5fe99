package org.storedb.spring.data.change;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.storedb.spring.data.change.ChangeListenerFixture.awaitSize;
import static org.storedb.spring.data.change.ChangeListenerFixture.statusOf;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.storedb.ChangeRetention;
import org.storedb.Store;
import org.storedb.error.ChangesLostException;
import org.storedb.feed.SubscriptionStatus.State;
import org.storedb.spring.autoconfigure.StoreOptionsCustomizer;
import org.storedb.spring.data.change.ChangeListenerFixture.AllChanges;
import org.storedb.spring.data.change.ChangeListenerFixture.Entities;
import org.storedb.spring.data.change.ChangeListenerFixture.Named;
import org.storedb.spring.data.change.ChangeListenerFixture.Order;
import org.storedb.spring.data.core.StoreOperations;

/** How listeners are started, stopped and restarted, and go on where they were. */
@ExtendWith(OutputCaptureExtension.class)
class StoreChangeListenersTests {

    private static final String[] COMPACTED_BY_HAND = {
        "store.segment-size=64KB", "store.max-value-size=16KB", "store.compaction.automatic=false"
    };

    private final ApplicationContextRunner runner = ChangeListenerFixture.runner();

    @Test
    void namedOneGoesOnWhereItWasWhenTheApplicationStartsAgain(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDisk.withBean(Named.class).run(context -> {
            context.getBean(StoreOperations.class).insert(new Order(1L, "heard by the first"));
            awaitSize(context.getBean(Named.class).heard, 1);
        });
        onDisk.run(context -> context.getBean(StoreOperations.class).insert(new Order(2L, "nobody is there")));
        onDisk.withBean(Named.class).run(context -> {
            context.getBean(StoreOperations.class).insert(new Order(3L, "now"));
            Named listener = context.getBean(Named.class);
            awaitSize(listener.heard, 2);
            assertThat(listener.heard).extracting(Order::id).containsExactly(2L, 3L);
            assertThat(context.getBean(Store.class).changes().positions()).containsOnlyKeys("orders-v1");
        });
    }

    @Test
    void newNameMayBeginWithTheOldestChanges(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDisk.run(context -> context.getBean(StoreOperations.class).insert(new Order(1L, "before all")));
        onDisk.withBean(FromBeginning.class).run(context -> awaitSize(context.getBean(FromBeginning.class).heard, 1));
        onDisk.withBean(FromBeginning.class).run(context -> {
            context.getBean(StoreOperations.class).insert(new Order(2L, "now"));
            assertHears(context.getBean(FromBeginning.class), 2L);
        });
    }

    @Test
    void oldestChangesThatThereAreMayBeLaterOnes() {
        runner.withBean(FromBeginning.class)
                .withPropertyValues(COMPACTED_BY_HAND)
                .withPropertyValues("store.change-listeners.auto-startup=false")
                .run(context -> {
                    StoreOperations operations = context.getBean(StoreOperations.class);
                    operations.insert(new Order(1L, "removed by the compaction"));
                    compact(context.getBean(Store.class));
                    operations.insert(new Order(2L, "the oldest"));
                    context.getBean(StoreChangeListeners.class).start();
                    assertHears(context.getBean(FromBeginning.class), 2L);
                });
    }

    private static void assertHears(FromBeginning listener, long onlyOrder) {
        awaitSize(listener.heard, 1);
        assertThat(listener.heard).extracting(Order::id).containsExactly(onlyOrder);
    }

    @Test
    void lossUnderANameIsAnError() {
        runner.withBean(FromBeginning.class)
                .withPropertyValues(COMPACTED_BY_HAND)
                .withBean(
                        StoreOptionsCustomizer.class,
                        () -> options -> options.withChangeRetention(ChangeRetention.none()))
                .run(context -> {
                    StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
                    listeners.stop();
                    compact(context.getBean(Store.class));
                    assertThatThrownBy(listeners::start).isInstanceOf(ChangesLostException.class);
                });
    }

    @Test
    void oneWithoutANameThatIsStartedAgainSaysWhatItHasMissed(CapturedOutput output) {
        runner.withBean(Entities.class).withPropertyValues(COMPACTED_BY_HAND).run(context -> {
            StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
            StoreOperations operations = context.getBean(StoreOperations.class);
            Entities listener = context.getBean(Entities.class);
            operations.insert(new Order(1L, "heard"));
            awaitSize(listener.heard, 1);
            listeners.stop();
            long stopped = statusOf(context, "Entities.changed").position();
            operations.insert(new Order(2L, "missed"));
            compact(context.getBean(Store.class));
            operations.insert(new Order(3L, "heard"));
            long oldest = context.getBean(Store.class).changes().oldestPosition();
            listeners.start();
            awaitSize(listener.heard, 2);
            assertThat(listener.heard).extracting(Order::id).containsExactly(1L, 3L);
            assertThat(output)
                    .contains(
                            "'Entities.changed' (Entities.changed, for collection order) has missed changes after position %d, where it was stopped, up to %d"
                                    .formatted(stopped, oldest));
        });
    }

    private static void compact(Store store) {
        for (int i = 0; i < 400; i++) {
            store.keyspace("filling").put(new byte[] {1}, new byte[1000]);
        }
        store.compact().join();
        assertThat(store.changes().oldestPosition()).isPositive();
    }

    @Test
    void methodThatThrowsGetsTheSameAgain() {
        runner.withBean(Failing.class).run(context -> {
            Failing listener = context.getBean(Failing.class);
            listener.failures = 3;
            context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
            awaitSize(listener.heard, 4);
            assertThat(listener.heard).containsOnly(new Order(1L, "new"));
            await().atMost(20, SECONDS).until(() -> stateOf(context, "failing") == State.RUNNING);
        });
    }

    @Test
    void healthCanBeSwitchedOff() {
        runner.run(context -> assertThat(context).hasBean("storeChangeListenersHealthContributor"));
        runner.withPropertyValues("management.health.store-change-listeners.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("storeChangeListenersHealthContributor"));
    }

    @Test
    void whenTheRetriesAreOverItWaitsToBeStartedAgain() {
        runner.withBean(Failing.class)
                .withPropertyValues("store.change-listeners.retries=1")
                .run(context -> {
                    Failing listener = context.getBean(Failing.class);
                    listener.failures = 2;
                    context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
                    await().atMost(20, SECONDS).until(() -> stateOf(context, "failing") == State.FAILED);
                    StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
                    assertThat(statusOf(context, "failing").error()).hasMessage("not now");
                    HealthIndicator health =
                            context.getBean("storeChangeListenersHealthContributor", HealthIndicator.class);
                    assertThat(Objects.requireNonNull(health.health()).getStatus())
                            .isEqualTo(Status.DOWN);
                    listeners.restart("failing");
                    awaitSize(listener.heard, 3);
                    assertThat(listener.heard).containsOnly(new Order(1L, "new"));
                    await().atMost(20, SECONDS).until(() -> stateOf(context, "failing") == State.RUNNING);
                    assertThat(Objects.requireNonNull(health.health()).getStatus())
                            .isEqualTo(Status.UP);
                    assertThatThrownBy(() -> listeners.restart("other"))
                            .isInstanceOf(NoSuchElementException.class)
                            .hasMessageContaining("'other'")
                            .hasMessageContaining("failing");
                });
    }

    @Test
    void whatIsThrownIsInTheLogWithTheNameOfTheListener(CapturedOutput output) {
        runner.withBean(Failing.class)
                .withPropertyValues("store.change-listeners.retries=1")
                .run(context -> {
                    context.getBean(Failing.class).failures = 2;
                    context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
                    String end = "is no longer called: it failed on the changes after position";
                    await().atMost(20, SECONDS).until(() -> output.getOut().contains(end));
                    assertThat(output)
                            .contains("The @StoreChangeListener 'failing' (Failing.changed, for collection order)"
                                    + " failed at transaction")
                            .contains("gets it again in 10 ms, retry 1 of 1: java.lang.IllegalStateException: not now")
                            .contains("StoreChangeListeners.restart(\"failing\")")
                            .doesNotContain("are no longer delivered");
                });
    }

    @Test
    void listenersAreThereEvenIfBeansAreMadeOnDemand() {
        runner.withBean(AllChanges.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    context.getBean(StoreOperations.class).insert(new Order(7L, "new"));
                    awaitSize(context.getBean(AllChanges.class).heard, 1);
                });
    }

    @Test
    void stoppedAndStartedAgainItMissesNothing() {
        runner.withBean(Entities.class).run(context -> {
            StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
            StoreOperations operations = context.getBean(StoreOperations.class);
            Entities listener = context.getBean(Entities.class);
            operations.insert(new Order(1L, "new"));
            awaitSize(listener.heard, 1);
            listeners.stop();
            assertThat(listeners.isRunning()).isFalse();
            operations.insert(new Order(2L, "meanwhile"));
            listeners.start();
            awaitSize(listener.heard, 2);
            assertThat(listener.heard).extracting(Order::id).containsExactly(1L, 2L);
        });
    }

    @Test
    void itIsStartedByHandIfTheApplicationSaysSo() {
        runner.withBean(Entities.class)
                .withPropertyValues("store.change-listeners.auto-startup=false")
                .run(context -> {
                    StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
                    assertThat(listeners.isRunning()).isFalse();
                    assertThat(listeners.status()).isEmpty();
                    listeners.start();
                    context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
                    awaitSize(context.getBean(Entities.class).heard, 1);
                });
    }

    @Test
    void restartWhileAllAreStoppedStartsNothing() {
        runner.withBean(Entities.class)
                .withBean(Named.class)
                .withPropertyValues("store.change-listeners.auto-startup=false")
                .run(context -> {
                    StoreChangeListeners listeners = context.getBean(StoreChangeListeners.class);
                    listeners.restart("Entities.changed");
                    listeners.restart("orders-v1");
                    assertThat(listeners.status()).isEmpty();
                    listeners.start();
                    context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
                    awaitSize(context.getBean(Entities.class).heard, 1);
                    awaitSize(context.getBean(Named.class).heard, 1);
                });
    }

    @Test
    void closingTheApplicationWaitsForACallThatIsRunning() {
        Slow[] listener = new Slow[1];
        runner.withBean(Slow.class).run(context -> {
            listener[0] = context.getBean(Slow.class);
            context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
            assertThat(listener[0].entered.await(20, SECONDS)).isTrue();
        });
        assertThat(listener[0].returnedWithStoreOpen).isTrue();
    }

    private static State stateOf(ApplicationContext context, String name) {
        return statusOf(context, name).state();
    }

    static class FromBeginning {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener(name = "all", fromBeginning = true)
        void changed(Order order) {
            heard.add(order);
        }
    }

    static class Failing {
        final List<Order> heard = new CopyOnWriteArrayList<>();
        volatile int failures;

        @StoreChangeListener("failing")
        void changed(Order order) {
            heard.add(order);
            if (heard.size() <= failures) {
                throw new IllegalStateException("not now");
            }
        }
    }

    static class Slow {
        final CountDownLatch entered = new CountDownLatch(1);
        volatile boolean returnedWithStoreOpen;
        private final Store store;

        Slow(Store store) {
            this.store = store;
        }

        @StoreChangeListener
        void changed(Order order) throws InterruptedException {
            entered.countDown();
            Thread.sleep(300);
            returnedWithStoreOpen = store.isOpen();
        }
    }
}
