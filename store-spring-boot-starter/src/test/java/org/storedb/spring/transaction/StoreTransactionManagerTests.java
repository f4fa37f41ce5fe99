package org.storedb.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Isolation;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.Indexed;

class StoreTransactionManagerTests {

    private final StoreFixture fixture = new StoreFixture();
    private final Store store = fixture.store();
    private final StoreTemplate template = fixture.template();
    private final StoreTransactionManager manager = new StoreTransactionManager(store);

    @AfterEach
    void close() {
        fixture.close();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    @Test
    void writesBecomeVisibleAtTheCommit() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            assertThat(template.existsById("1", Item.class)).isTrue();
            assertThat(store.collection("item").exists("1")).isFalse();
        });
        assertThat(template.existsById("1", Item.class)).isTrue();
    }

    @Test
    void exceptionRollsBack() {
        assertThatThrownBy(() -> required().executeWithoutResult(status -> {
                    template.insert(new Item("1", "a"));
                    throw new IllegalStateException("after the insert");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void rollbackOnlyRollsBack() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            status.setRollbackOnly();
        });
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void innerRequiredJoinsAndItsFailureDoomsTheOuter() {
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.insert(new Item("1", "a"));
                    assertThat(catchThrowable(() -> required().executeWithoutResult(inner -> {
                                assertThat(inner.isNewTransaction()).isFalse();
                                assertThat(template.existsById("1", Item.class)).isTrue();
                                throw new IllegalStateException("inner");
                            })))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(outer.isRollbackOnly()).isTrue();
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void requiresNewIsIndependent() {
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.insert(new Item("outer", "a"));
                    propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(inner -> {
                        assertThat(template.existsById("outer", Item.class)).isFalse();
                        template.insert(new Item("inner", "b"));
                    });
                    assertThat(template.existsById("outer", Item.class)).isTrue();
                    throw new IllegalStateException("outer");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("inner");
    }

    @Test
    void conflictWithWhatRanWhileTheTransactionWasSuspendedSaysSo() {
        String hint = "while this transaction was suspended";
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.insert(new Item("1", "outer"));
                    propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                            .executeWithoutResult(inner -> template.save(new Item("1", "inner")));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContainingAll("in collection 'item'", hint);
        assertThat(template.findAll(Item.class)).containsExactly(new Item("1", "inner"));

        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.save(new Item("1", "outer"));
                    store.collection("item").delete("1");
                }))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("in collection 'item'")
                .hasMessageNotContaining(hint);
    }

    @Test
    void nestedRollsBackToItsSavepoint() {
        required().executeWithoutResult(outer -> {
            template.insert(new Item("outer", "a"));
            assertThat(catchThrowable(() -> propagation(TransactionDefinition.PROPAGATION_NESTED)
                            .executeWithoutResult(inner -> {
                                assertThat(inner.hasSavepoint()).isTrue();
                                template.insert(new Item("inner", "b"));
                                template.deleteById("outer", Item.class);
                                throw new IllegalStateException("inner");
                            })))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(template.existsById("outer", Item.class)).isTrue();
            propagation(TransactionDefinition.PROPAGATION_NESTED)
                    .executeWithoutResult(inner -> template.insert(new Item("second", "c")));
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactlyInAnyOrder("outer", "second");
    }

    @Test
    void rollbackOfANestedTransactionThatIsRollbackOnlyLeavesTheOuterUsable() {
        required().executeWithoutResult(outer -> {
            template.insert(new Item("outer", "a"));
            propagation(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(nested -> {
                template.insert(new Item("inner", "b"));
                assertThat(catchThrowable(() -> required().executeWithoutResult(participating -> {
                            throw new IllegalStateException("marks the transaction rollback-only");
                        })))
                        .isInstanceOf(IllegalStateException.class);
                nested.setRollbackOnly();
            });
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("outer");
    }

    @Test
    void nestedTransactionInOneThatIsRollbackOnlyIsRefused() {
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.insert(new Item("outer", "a"));
                    assertThat(catchThrowable(() -> required().executeWithoutResult(participating -> {
                                throw new IllegalStateException("marks the transaction rollback-only");
                            })))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(catchThrowable(() -> propagation(TransactionDefinition.PROPAGATION_NESTED)
                                    .executeWithoutResult(nested -> nested.setRollbackOnly())))
                            .isInstanceOf(CannotCreateTransactionException.class)
                            .hasMessageContaining("rollback-only");
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void savepointsByHand() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            Object savepoint = status.createSavepoint();
            template.insert(new Item("2", "b"));
            status.rollbackToSavepoint(savepoint);
            template.insert(new Item("3", "c"));
            status.releaseSavepoint(savepoint);
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void supportsRunsWithAndWithoutATransaction() {
        propagation(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            assertThat(StoreTransactions.current(store)).isNull();
            template.insert(new Item("1", "a"));
            assertThat(store.collection("item").exists("1")).isTrue();
        });
        required()
                .executeWithoutResult(outer -> propagation(TransactionDefinition.PROPAGATION_SUPPORTS)
                        .executeWithoutResult(inner ->
                                assertThat(StoreTransactions.current(store)).isNotNull()));
    }

    @Test
    void notSupportedSuspends() {
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> {
                    template.insert(new Item("outer", "a"));
                    propagation(TransactionDefinition.PROPAGATION_NOT_SUPPORTED).executeWithoutResult(inner -> {
                        assertThat(StoreTransactions.current(store)).isNull();
                        template.insert(new Item("alone", "b"));
                    });
                    assertThat(template.existsById("outer", Item.class)).isTrue();
                    throw new IllegalStateException("outer");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("alone");
    }

    @Test
    void mandatoryNeedsATransaction() {
        TransactionTemplate mandatory = propagation(TransactionDefinition.PROPAGATION_MANDATORY);
        assertThatThrownBy(() -> mandatory.executeWithoutResult(status -> {}))
                .isInstanceOf(IllegalTransactionStateException.class);
        required()
                .executeWithoutResult(outer -> mandatory.executeWithoutResult(
                        inner -> assertThat(inner.isNewTransaction()).isFalse()));
    }

    @Test
    void neverRefusesATransaction() {
        TransactionTemplate never = propagation(TransactionDefinition.PROPAGATION_NEVER);
        never.executeWithoutResult(status -> template.insert(new Item("1", "a")));
        assertThat(template.existsById("1", Item.class)).isTrue();
        assertThatThrownBy(() -> required().executeWithoutResult(outer -> never.executeWithoutResult(status -> {})))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void readOnlyRefusesWrites() {
        TransactionTemplate readOnly = required();
        readOnly.setReadOnly(true);
        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> template.insert(new Item("1", "a"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(template.count(Item.class)).isZero();
        Long count = readOnly.execute(status -> template.count(Item.class));
        assertThat(count).isZero();
    }

    @Test
    void isolationLevelsAreTheStoresOrBetter() {
        assertThat(isolationAt(TransactionDefinition.ISOLATION_DEFAULT)).isEqualTo(Isolation.SERIALIZABLE);
        assertThat(isolationAt(TransactionDefinition.ISOLATION_SERIALIZABLE)).isEqualTo(Isolation.SERIALIZABLE);
        assertThat(isolationAt(TransactionDefinition.ISOLATION_REPEATABLE_READ)).isEqualTo(Isolation.SNAPSHOT);
        assertThat(isolationAt(TransactionDefinition.ISOLATION_READ_COMMITTED)).isEqualTo(Isolation.SNAPSHOT);
        assertThat(isolationAt(TransactionDefinition.ISOLATION_READ_UNCOMMITTED))
                .isEqualTo(Isolation.SNAPSHOT);
    }

    @Test
    void timeoutIsCheckedInEveryCall() {
        TransactionTemplate brief = required();
        brief.setTimeout(1);
        assertThatThrownBy(() -> brief.executeWithoutResult(status -> {
                    template.insert(new Item("1", "a"));
                    sleep(Duration.ofMillis(1_100));
                    template.count(Item.class);
                }))
                .isInstanceOf(TransactionTimedOutException.class);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void timeoutIsCheckedBetweenTheStepsOfACall() {
        TransactionTemplate brief = required();
        brief.setTimeout(1);
        assertThatThrownBy(() -> brief.executeWithoutResult(status -> template.execute(Item.class, items -> {
                    sleep(Duration.ofMillis(1_100));
                    return items.count();
                })))
                .isInstanceOf(QueryTimeoutException.class);
    }

    @Test
    void timeoutIsCheckedAtTheCommitAndKnownToHaveRolledBack() {
        TransactionTemplate brief = required();
        brief.setTimeout(1);
        List<Integer> outcomes = new ArrayList<>();
        assertThatThrownBy(() -> brief.executeWithoutResult(status -> {
                    template.insert(new Item("1", "a"));
                    recordOutcome(outcomes);
                    sleep(Duration.ofMillis(1_100));
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(outcomes).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void conflictAtTheCommitIsAnOptimisticLockingFailureThatRolledBack() {
        template.insert(new Item("1", "a"));
        List<Integer> outcomes = new ArrayList<>();
        assertThatThrownBy(() -> required().executeWithoutResult(status -> {
                    template.save(new Item("1", "mine"));
                    recordOutcome(outcomes);
                    store.collection("item").delete("1");
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(outcomes).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(template.count(Item.class)).isZero();
    }

    @Test
    void writeSkewIsPreventedBySerializableOnly() {
        template.insertAll(List.of(new Item("1", "on"), new Item("2", "off")));
        assertThatThrownBy(() -> skew(TransactionDefinition.ISOLATION_SERIALIZABLE))
                .isInstanceOf(OptimisticLockingFailureException.class);
        skew(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Test
    void uniqueValueTakenMeanwhileIsADuplicateKey() {
        template.count(Unique.class);
        assertThatThrownBy(() -> propagationAndIsolation(TransactionDefinition.ISOLATION_REPEATABLE_READ)
                        .executeWithoutResult(status -> {
                            template.insert(new Unique("1", "same"));
                            propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                                    .executeWithoutResult(other -> template.insert(new Unique("2", "same")));
                        }))
                .isInstanceOfAny(DuplicateKeyException.class, OptimisticLockingFailureException.class);
        assertThat(template.findAll(Unique.class)).extracting(Unique::id).containsExactly("2");
    }

    @Test
    void indexDeclaredByAnEntityThatIsFirstUsedInATransactionIsKept() {
        assertThatThrownBy(() -> required().executeWithoutResult(status -> {
                    template.insert(new Unique("1", "same"));
                    template.insert(new Unique("2", "same"));
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(template.count(Unique.class)).isZero();
        required().executeWithoutResult(status -> template.insert(new Unique("1", "same")));
        assertThatThrownBy(() -> template.insert(new Unique("2", "same"))).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void afterCommitTheStoreItselfIsUsed() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    assertThat(template.existsById("1", Item.class)).isTrue();
                    template.insert(new Item("2", "after commit"));
                    propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                            .executeWithoutResult(inner -> template.insert(new Item("3", "in a new one")));
                    required().executeWithoutResult(participating -> template.insert(new Item("4", "joining")));
                }
            });
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("1", "2", "3", "4");
    }

    @Test
    void synchronizationsSeeTheCommit() {
        List<String> calls = new ArrayList<>();
        required().executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    template.insert(new Item("from before commit", "a"));
                    calls.add("beforeCommit");
                }

                @Override
                public void afterCommit() {
                    calls.add("afterCommit " + store.collection("item").count());
                }

                @Override
                public void afterCompletion(int outcome) {
                    calls.add("afterCompletion " + outcome);
                }
            });
        });
        assertThat(calls).containsExactly("beforeCommit", "afterCommit 1", "afterCompletion 0");
    }

    @Test
    void batchThatFailsInATransactionTakesBackOnlyItself() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            assertThat(catchThrowable(() -> template.insertAll(List.of(new Item("2", "b"), new Item("1", "c")))))
                    .isInstanceOf(DuplicateKeyException.class);
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("1");
    }

    @Test
    void checkedExceptionTakesBackOnlyTheBatch() {
        required().executeWithoutResult(status -> {
            template.insert(new Item("1", "a"));
            assertThat(catchThrowable(() -> template.executeAtomically(Item.class, items -> {
                        items.insert(new Item("2", "b"));
                        throw unchecked(new IOException("as from a converter in Kotlin"));
                    })))
                    .isInstanceOf(IOException.class);
        });
        assertThat(template.findAll(Item.class)).extracting(Item::id).containsExactly("1");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // So it can be thrown where Java does not allow it.
    private static <E extends Throwable> E unchecked(Exception checked) throws E {
        throw (E) checked;
    }

    @Test
    void batchInATransactionReleasesItsSavepoint() {
        try (Transaction transaction = mock(Transaction.class, delegatesTo(store.begin()))) {
            TransactionSynchronizationManager.bindResource(store, new StoreTransactionHolder(transaction));
            template.insertAll(List.of(new Item("1", "a")));
            assertThat(catchThrowable(() -> template.insertAll(List.of(new Item("1", "b")))))
                    .isInstanceOf(DuplicateKeyException.class);

            verify(transaction, times(2)).savepoint();
            verify(transaction, times(2)).release(any());
        } finally {
            TransactionSynchronizationManager.unbindResource(store);
        }
    }

    @Test
    void closedStoreCannotBegin() {
        store.close();
        assertThatThrownBy(() -> required().executeWithoutResult(status -> {}))
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasMessageContaining("closed");
    }

    private void skew(int isolation) {
        propagationAndIsolation(isolation).executeWithoutResult(status -> {
            template.findById("2", Item.class);
            template.save(new Item("1", "mine"));
            TransactionTemplate other = propagationAndIsolation(isolation);
            other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            other.executeWithoutResult(inner -> {
                template.findById("1", Item.class);
                template.save(new Item("2", "theirs"));
            });
        });
    }

    private Isolation isolationAt(int level) {
        return propagationAndIsolation(level).execute(status -> {
            Transaction transaction = Objects.requireNonNull(StoreTransactions.current(store));
            return transaction.options().isolation();
        });
    }

    private static void recordOutcome(List<Integer> outcomes) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                outcomes.add(status);
            }
        });
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TransactionTemplate required() {
        return propagation(TransactionDefinition.PROPAGATION_REQUIRED);
    }

    private TransactionTemplate propagation(int propagation) {
        return new TransactionTemplate(manager, new DefaultTransactionDefinition(propagation));
    }

    private TransactionTemplate propagationAndIsolation(int isolation) {
        TransactionTemplate transaction = required();
        transaction.setIsolationLevel(isolation);
        return transaction;
    }

    record Item(String id, @Nullable String text) {}

    record Unique(String id, @Indexed(unique = true) String value) {}
}
