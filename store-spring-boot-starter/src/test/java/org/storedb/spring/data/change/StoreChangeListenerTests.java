package org.storedb.spring.data.change;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.ChangeRetention;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.error.ChangesLostException;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.SubscriptionStatus;
import org.storedb.feed.SubscriptionStatus.State;
import org.storedb.spring.autoconfigure.StoreAdditionalStoresAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerHealthAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreOptionsCustomizer;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.mapping.Document;

@ExtendWith(OutputCaptureExtension.class)
class StoreChangeListenerTests {

    private static final String[] COMPACTED_BY_HAND = {
        "store.segment-size=64KB", "store.max-value-size=16KB", "store.compaction.automatic=false"
    };

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreAdditionalStoresAutoConfiguration.class,
                    StoreChangeListenerAutoConfiguration.class,
                    StoreChangeListenerHealthAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("store.in-memory=true", "store.change-listeners.first-pause=10ms");

    @Test
    void methodIsToldOfEveryChangeOfItsEntity() {
        runner.withBean(AllChanges.class).run(context -> {
            AllChanges listener = context.getBean(AllChanges.class);
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order(7L, "new"));
            operations.insert(new Unrelated("1"));
            operations.save(new Order(7L, "paid"));
            operations.deleteById(7L, Order.class);
            awaitSize(listener.heard, 3);
            assertThat(listener.heard)
                    .extracting(EntityChange::kind)
                    .containsExactly(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.DELETE);
            assertThat(listener.heard).extracting(EntityChange::id).containsOnly(7L);
            assertThat(listener.heard)
                    .extracting(EntityChange::entity)
                    .containsExactly(new Order(7L, "new"), new Order(7L, "paid"), null);
            assertThat(listener.heard)
                    .extracting(EntityChange::sequence)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(listener.heard.get(0).committedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            assertThat(listener.heard.get(2).isRemoval()).isTrue();
            assertThatThrownBy(() -> listener.heard.get(2).requiredEntity())
                    .hasMessageContaining("DELETE of '7' leaves no entity");
        });
    }

    @Test
    void expiryIsToldOf() {
        runner.withBean(AllChanges.class)
                .withBean(StoreOptionsCustomizer.class, () -> options -> options.withExpiryGrace(Duration.ZERO))
                .run(context -> {
                    context.getBean(StoreOperations.class)
                            .execute(
                                    Order.class,
                                    orders -> orders.insert(new Order(7L, "new"), Expiry.after(Duration.ofMillis(20))));
                    await().atMost(20, SECONDS)
                            .until(() -> context.getBean(Store.class).purgeExpired() > 0
                                    || context.getBean(AllChanges.class).heard.size() == 2);
                    List<EntityChange<Order>> heard = context.getBean(AllChanges.class).heard;
                    awaitSize(heard, 2);
                    assertThat(heard.get(1).kind()).isEqualTo(ChangeKind.EXPIRE);
                    assertThat(heard.get(1).id()).isEqualTo(7L);
                });
    }

    @Test
    void methodThatTakesAnEntityGetsInsertsAndUpdates() {
        runner.withBean(Entities.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order(1L, "new"));
            operations.deleteById(1L, Order.class);
            operations.insert(new Order(2L, "new"));
            operations.save(new Order(2L, "paid"));
            Entities listener = context.getBean(Entities.class);
            awaitSize(listener.heard, 3);
            assertThat(listener.heard)
                    .containsExactly(new Order(1L, "new"), new Order(2L, "new"), new Order(2L, "paid"));
        });
    }

    @Test
    void onlyTheKindsThatAreAskedFor() {
        runner.withBean(Deletes.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order(1L, "new"));
            operations.save(new Order(1L, "paid"));
            operations.deleteById(1L, Order.class);
            Deletes listener = context.getBean(Deletes.class);
            awaitSize(listener.heard, 1);
            assertThat(listener.heard.get(0).entityBefore()).contains(new Order(1L, "paid"));
        });
    }

    @Test
    void methodThatTakesTransactionsGetsEachAsAWholeAndOnlyWhatWasCommitted() {
        runner.withBean(Transactions.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
            transaction.executeWithoutResult(status -> {
                operations.insert(new Order(1L, "new"));
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(status -> {
                operations.insert(new Order(2L, "new"));
                operations.insert(new Unrelated("1"));
            });
            Transactions listener = context.getBean(Transactions.class);
            awaitSize(listener.heard, 1);
            assertThat(listener.heard.get(0).changes()).hasSize(2);
        });
    }

    @Test
    void entitiesPassTheCallbacks() {
        runner.withBean(Entities.class).withUserConfiguration(Callback.class).run(context -> {
            context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
            Entities listener = context.getBean(Entities.class);
            awaitSize(listener.heard, 1);
            assertThat(listener.heard).containsExactly(new Order(1L, "new, read"));
        });
    }

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
                    .contains("'Entities.changed' (Entities.changed, for collection order) has missed changes behind"
                            + " position %d, where it was stopped, up to %d".formatted(stopped, oldest));
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
    void classThatSharesItsCollectionIsToldOfItsOwn() {
        runner.withBean(Cards.class).withBean(Papers.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Cash("1", 30));
            operations.insert(new Card("2", "4711"));
            operations.save(new Card("2", "0815"));
            operations.insert(new Cheque("3", 40));
            operations.save(new Card("3", "in the place of a cheque"));
            operations.deleteById("1", Payment.class);
            operations.deleteById("2", Payment.class);
            Cards cards = context.getBean(Cards.class);
            awaitSize(cards.heard, 4);
            assertThat(cards.heard)
                    .extracting(EntityChange::kind, EntityChange::id, EntityChange::entity, EntityChange::before)
                    .containsExactly(
                            tuple(ChangeKind.INSERT, "2", new Card("2", "4711"), null),
                            tuple(ChangeKind.UPDATE, "2", new Card("2", "0815"), new Card("2", "4711")),
                            tuple(ChangeKind.UPDATE, "3", new Card("3", "in the place of a cheque"), null),
                            tuple(ChangeKind.DELETE, "2", null, new Card("2", "0815")));
            Papers papers = context.getBean(Papers.class);
            awaitSize(papers.changes, 4);
            assertThat(papers.changes)
                    .as("what is gone may have been a paper")
                    .extracting(EntityChange::kind, EntityChange::id, EntityChange::entity)
                    .containsExactly(
                            tuple(ChangeKind.INSERT, "1", new Cash("1", 30)),
                            tuple(ChangeKind.INSERT, "3", new Cheque("3", 40)),
                            tuple(ChangeKind.DELETE, "1", null),
                            tuple(ChangeKind.DELETE, "2", null));
            assertThat(papers.papers).containsExactly(new Cash("1", 30), new Cheque("3", 40));
        });
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
                    String end = "is not called any more: it has not taken what comes behind position";
                    await().atMost(20, SECONDS).until(() -> output.getOut().contains(end));
                    assertThat(output)
                            .contains("The @StoreChangeListener 'failing' (Failing.changed, for collection order) has"
                                    + " thrown")
                            .contains("gets it again in 10 ms, retry 1 of 1: java.lang.IllegalStateException: not now")
                            .contains("StoreChangeListeners.restart(\"failing\")")
                            .doesNotContain("are not delivered any more");
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

    @Test
    void transactionalMethodIsCalledThroughItsProxy() {
        runner.withBean(TransactionalListener.class).run(context -> {
            context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
            StoreOperations operations = context.getBean(StoreOperations.class);
            await().atMost(20, SECONDS).until(() -> operations.existsById("copy of 1", Unrelated.class));
        });
    }

    @Test
    void additionalStoreIsNamedByItsTemplate() {
        runner.withPropertyValues("store.additional.archive.in-memory=true")
                .withBean(OfArchive.class)
                .run(context -> {
                    context.getBean(StoreOperations.class).insert(new Order(1L, "in the first store"));
                    context.getBean("archiveTemplate", StoreOperations.class).insert(new Order(2L, "archived"));
                    OfArchive listener = context.getBean(OfArchive.class);
                    awaitSize(listener.heard, 1);
                    assertThat(listener.heard).extracting(Order::id).containsExactly(2L);
                });
    }

    @Test
    void nameOfTwoMethodsIsRefused() {
        runner.withBean("one", Failing.class)
                .withBean("other", Failing.class)
                .run(context ->
                        assertThat(context.getStartupFailure()).hasMessageContaining("give each a name of its own"));
    }

    @Test
    void methodsWithoutANameMayBeCalledAlike() {
        runner.withBean("one", Entities.class)
                .withBean("other", Entities.class)
                .withBean(Others.Entities.class)
                .run(context -> {
                    context.getBean(StoreOperations.class).insert(new Order(1L, "new"));
                    context.getBean(StoreOperations.class).insert(new Unrelated("1"));
                    awaitSize(context.getBean("one", Entities.class).heard, 1);
                    awaitSize(context.getBean("other", Entities.class).heard, 1);
                    awaitSize(context.getBean(Others.Entities.class).heard, 2);
                    String suffix = Entities.class.getName() + ".changed(" + Order.class.getName() + ")";
                    assertThat(context.getBean(StoreChangeListeners.class).status())
                            .hasSize(4)
                            .containsKeys("Entities.changed", "other: " + suffix);
                });
    }

    @Test
    void methodOfABeanThatIsNoSingletonIsRefused() {
        String reason = "AllChanges.changed is in the bean 'scoped', which is not a singleton";
        for (ApplicationContextRunner scoped : List.of(
                runner.withBean("scoped", AllChanges.class, AllChanges::new, bean -> bean.setScope("prototype")),
                runner.withUserConfiguration(Scoped.class))) {
            scoped.run(context -> assertThatThrownBy(() -> context.getBean("scoped"))
                    .rootCause()
                    .hasMessageContaining(reason));
        }
    }

    @Test
    void methodsThatCannotBeMeantAreRefused() {
        assertRefused(NoArgument.class, "takes 0 arguments");
        assertRefused(NoEntity.class, "does not say the class of the entity");
        assertRefused(DeletedEntity.class, "take an EntityChange");
        assertRefused(KindsOfTransactions.class, "cannot ask for kinds");
        assertRefused(Put.class, "keyspaces");
    }

    private void assertRefused(Class<?> listener, String reason) {
        runner.withBean(listener)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(listener.getName())
                        .hasMessageContaining(reason));
    }

    private static State stateOf(ApplicationContext context, String name) {
        return statusOf(context, name).state();
    }

    private static SubscriptionStatus statusOf(ApplicationContext context, String name) {
        return Objects.requireNonNull(
                context.getBean(StoreChangeListeners.class).status().get(name));
    }

    private static void awaitSize(List<?> heard, int size) {
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(size));
        assertThat(heard).hasSize(size);
    }

    record Order(Long id, String state) {}

    record Unrelated(String id) {}

    static class AllChanges {
        final List<EntityChange<Order>> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void changed(EntityChange<Order> change) {
            heard.add(change);
        }
    }

    static class Entities {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void changed(Order order) {
            heard.add(order);
        }
    }

    static class Deletes {
        final List<EntityChange<Order>> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener(kinds = ChangeKind.DELETE, before = true)
        void deleted(EntityChange<Order> change) {
            heard.add(change);
        }
    }

    static class Transactions {
        final List<ChangeTransaction> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void committed(ChangeTransaction transaction) {
            heard.add(transaction);
        }
    }

    static class Others {
        static class Entities {
            final List<Object> heard = new CopyOnWriteArrayList<>();

            @StoreChangeListener
            void changed(Order order) {
                heard.add(order);
            }

            @StoreChangeListener
            void changed(Unrelated unrelated) {
                heard.add(unrelated);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        AllChanges scoped() {
            return new AllChanges();
        }
    }

    @Document("payments")
    sealed interface Payment permits Card, Paper {}

    @TypeAlias("card")
    record Card(@Id String id, String number) implements Payment {}

    sealed interface Paper extends Payment permits Cash, Cheque {}

    @TypeAlias("cash")
    record Cash(@Id String id, int amount) implements Paper {}

    @TypeAlias("cheque")
    record Cheque(@Id String id, int amount) implements Paper {}

    static class Cards {
        final List<EntityChange<Card>> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener(before = true)
        void changed(EntityChange<Card> change) {
            heard.add(change);
        }
    }

    static class Papers {
        final List<EntityChange<Paper>> changes = new CopyOnWriteArrayList<>();
        final List<Paper> papers = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void changed(EntityChange<Paper> change) {
            changes.add(change);
        }

        @StoreChangeListener
        void written(Paper paper) {
            papers.add(paper);
        }
    }

    static class Named {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener("orders-${version:v1}")
        void changed(Order order) {
            heard.add(order);
        }
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

    static class TransactionalListener {
        private final StoreOperations operations;

        TransactionalListener(StoreOperations operations) {
            this.operations = operations;
        }

        @Transactional
        @StoreChangeListener
        public void changed(Order order) {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                operations.save(new Unrelated("copy of " + order.id()));
            }
        }
    }

    static class OfArchive {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener(template = "archiveTemplate")
        void changed(Order order) {
            heard.add(order);
        }
    }

    static class NoArgument {
        @StoreChangeListener
        void changed() {}
    }

    static class NoEntity {
        @StoreChangeListener
        void changed(EntityChange<?> change) {}
    }

    static class DeletedEntity {
        @StoreChangeListener(kinds = ChangeKind.DELETE)
        void changed(Order order) {}
    }

    static class KindsOfTransactions {
        @StoreChangeListener(kinds = ChangeKind.DELETE)
        void changed(ChangeTransaction transaction) {}
    }

    static class Put {
        @StoreChangeListener(kinds = ChangeKind.PUT)
        void changed(EntityChange<Order> change) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Callback {
        @Bean
        StoreAfterConvertCallback<Order> afterConvert() {
            return (order, collection) -> new Order(order.id(), order.state() + ", read");
        }
    }
}
