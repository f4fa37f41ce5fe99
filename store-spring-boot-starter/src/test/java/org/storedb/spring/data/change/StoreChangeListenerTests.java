package org.storedb.spring.data.change;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.storedb.spring.data.change.ChangeListenerFixture.awaitSize;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ChangeTransaction;
import org.storedb.spring.autoconfigure.StoreOptionsCustomizer;
import org.storedb.spring.data.change.ChangeListenerFixture.AllChanges;
import org.storedb.spring.data.change.ChangeListenerFixture.Entities;
import org.storedb.spring.data.change.ChangeListenerFixture.Order;
import org.storedb.spring.data.change.ChangeListenerFixture.Unrelated;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.mapping.Document;

/** What listeners are called for, and with what. */
class StoreChangeListenerTests {

    private final ApplicationContextRunner runner = ChangeListenerFixture.runner();

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

    @Configuration(proxyBeanMethods = false)
    static class Callback {
        @Bean
        StoreAfterConvertCallback<Order> afterConvert() {
            return (order, collection) -> new Order(order.id(), order.state() + ", read");
        }
    }
}
