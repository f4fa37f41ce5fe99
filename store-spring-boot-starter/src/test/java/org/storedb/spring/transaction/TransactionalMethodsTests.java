package org.storedb.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.spring.data.core.StoreBeans;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/**
 * Every attribute of {@code @Transactional}: an outer method that has inserted "outer" calls one that inserts "inner".
 */
class TransactionalMethodsTests {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(TestConfiguration.class);
    private final Methods methods = context.getBean(Methods.class);
    private final Recorder recorder = context.getBean(Recorder.class);
    private final NoteRepository notes = context.getBean(NoteRepository.class);

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void requiredJoinsAndItsFailureDoomsTheOuter() {
        assertThatThrownBy(() -> methods.required(() -> insertThen("outer", () -> failing(methods::required))))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(ids()).isEmpty();
    }

    @Test
    void requiresNewCommitsWhateverBecomesOfTheOuter() {
        assertThatThrownBy(() -> methods.required(() -> {
                    insert("outer");
                    methods.requiresNew(() -> {
                        assertThat(notes.existsById("outer")).isFalse();
                        insert("inner");
                    });
                    assertThat(notes.existsById("outer")).isTrue();
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");
        assertThat(ids()).containsExactly("inner");
    }

    @Test
    void failureOfRequiresNewLeavesTheOuterAlone() {
        methods.required(() -> insertThen("outer", () -> failing(methods::requiresNew)));
        assertThat(ids()).containsExactly("outer");
    }

    @Test
    void nestedRollsBackToWhereItBegan() {
        methods.required(() -> {
            insert("outer");
            failing(methods::nested);
            assertThat(notes.existsById("inner")).isFalse();
            methods.nested(() -> insert("second inner"));
        });
        assertThat(ids()).containsExactly("outer", "second inner");
    }

    @Test
    void nestedAloneIsATransaction() {
        assertThatThrownBy(() -> methods.nested(() -> insertThen("inner", this::fail)))
                .hasMessage("inner");
        assertThat(ids()).isEmpty();
    }

    @Test
    void supportsJoinsOrGoesWithout() {
        assertThatThrownBy(() -> methods.supports(() -> insertThen("inner", this::fail)))
                .hasMessage("inner");
        assertThat(ids()).as("without a transaction each call stands alone").containsExactly("inner");
        assertThatThrownBy(() ->
                        methods.required(() -> methods.supports(() -> insertThen("with transaction", this::fail))))
                .hasMessage("inner");
        assertThat(ids()).containsExactly("inner");
    }

    @Test
    void notSupportedSuspendsAndResumes() {
        methods.required(() -> {
            insert("outer");
            methods.notSupported(() -> {
                assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                        .isFalse();
                assertThat(notes.existsById("outer")).isFalse();
                insert("inner");
            });
            assertThat(notes.existsById("outer")).isTrue();
        });
        assertThat(ids()).containsExactly("inner", "outer");
    }

    @Test
    void mandatoryAndNeverSayWhenTheyMayNotRun() {
        assertThatThrownBy(() -> methods.mandatory(() -> insert("inner")))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> methods.required(() -> methods.never(() -> insert("inner"))))
                .isInstanceOf(IllegalTransactionStateException.class);
        methods.required(() -> methods.mandatory(() -> insert("1")));
        methods.never(() -> insert("2"));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void readOnlyMethodCannotWrite() {
        insert("outer");
        assertThatThrownBy(() -> methods.readOnly(() -> insert("inner")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        methods.readOnly(() -> assertThat(ids()).containsExactly("outer"));
    }

    @Test
    void timeIsUp() {
        assertThatThrownBy(() -> methods.forOneSecond(() -> {
                    insert("outer");
                    sleep(1_100);
                    insert("inner");
                }))
                .isInstanceOf(TransactionTimedOutException.class);
        assertThat(ids()).isEmpty();
    }

    @Test
    void timeIsUpInANestedMethod() {
        for (Consumer<Runnable> method : List.<Consumer<Runnable>>of(methods::nested, Runnable::run)) {
            assertThatThrownBy(() -> methods.forOneSecond(() -> method.accept(() -> {
                        insert("inner");
                        sleep(1_100);
                        methods.nested(() -> insert("late"));
                    })))
                    .isInstanceOf(TransactionTimedOutException.class);
        }
        assertThatThrownBy(() ->
                        methods.forOneSecond(() -> methods.nested(() -> insertThen("inner", () -> sleep(1_100)))))
                .isInstanceOf(UnexpectedRollbackException.class)
                .hasMessageContaining("at most 1000 ms");
        assertThat(ids()).isEmpty();
    }

    @Test
    void rollbackRulesByNameAndByClass() {
        assertThatThrownBy(() -> methods.keepingIllegalState(() -> insertThen("kept", this::fail)))
                .hasMessage("inner");
        assertThatThrownBy(() -> methods.keepingIllegalState(() -> insertThen("gone", () -> {
                    throw new UnsupportedOperationException("outer");
                })))
                .hasMessage("outer");
        assertThat(ids()).containsExactly("kept");
    }

    @Test
    void listenersHearThePhasesOfTheirTransaction() {
        methods.required(() -> recorder.publish("1"));
        assertThat(recorder.heard).containsExactly("before commit 1", "after commit 1", "after completion 1");
        recorder.heard.clear();
        assertThatThrownBy(() -> methods.required(() -> {
                    recorder.publish("2");
                    fail();
                }))
                .hasMessage("inner");
        assertThat(recorder.heard).containsExactlyInAnyOrder("after rollback 2", "after completion 2");
        recorder.heard.clear();
        recorder.publish("3");
        assertThat(recorder.heard).as("there is no transaction").containsExactly("after commit 3");
    }

    @Test
    void suspendedTransactionIsHeardOfWhenItCommitsItself() {
        methods.required(() -> {
            recorder.publish("outer");
            methods.requiresNew(() -> recorder.publish("inner"));
            assertThat(recorder.heard)
                    .containsExactly("before commit inner", "after commit inner", "after completion inner");
        });
        assertThat(recorder.heard)
                .endsWith("before commit outer", "after commit outer", "after completion outer")
                .hasSize(6);
    }

    @Test
    void listenerThatWritesBeforeTheCommitTakesPart() {
        recorder.writeBeforeCommit = true;
        methods.required(() -> recorder.publish("1"));
        assertThat(ids()).containsExactly("audit 1");
        assertThatThrownBy(() -> methods.required(() -> {
                    recorder.publish("2");
                    fail();
                }))
                .hasMessage("inner");
        assertThat(ids()).containsExactly("audit 1");
    }

    @Test
    void failureThatAListenerCatchesBeforeTheCommitDoomsTheTransaction() {
        assertThatThrownBy(() -> methods.required(() -> {
                    insert("outer");
                    recorder.publish("1");
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            assertThatThrownBy(() -> insert("outer")).isInstanceOf(DuplicateKeyException.class);
                        }
                    });
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(ids()).isEmpty();
        assertThat(recorder.heard)
                .containsExactlyInAnyOrder("before commit 1", "after rollback 1", "after completion 1");
    }

    @Test
    void templateWithASavepointByHand() {
        TransactionTemplate template = new TransactionTemplate(context.getBean(StoreTransactionManager.class));
        template.executeWithoutResult(status -> {
            insert("1");
            Object savepoint = status.createSavepoint();
            assertThat(status.hasTransaction()).isTrue();
            insert("2");
            status.rollbackToSavepoint(savepoint);
            status.releaseSavepoint(savepoint);
            insert("3");
        });
        assertThat(ids()).containsExactly("1", "3");
    }

    private void insert(String id) {
        notes.insert(new Note(id));
    }

    private void insertThen(String id, Runnable more) {
        insert(id);
        more.run();
    }

    private void fail() {
        throw new IllegalStateException("inner");
    }

    private void failing(Consumer<Runnable> method) {
        assertThatThrownBy(() -> method.accept(() -> insertThen("inner", this::fail)))
                .hasMessage("inner");
    }

    private List<String> ids() {
        return notes.findAll().stream().map(Note::id).sorted().toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record Note(String id) {}

    record Published(String id) {}

    interface NoteRepository extends StoreRepository<Note, String> {}

    @Configuration(proxyBeanMethods = false)
    @Import(StoreBeans.class)
    @EnableStoreRepositories(considerNestedRepositories = true, basePackageClasses = TransactionalMethodsTests.class)
    static class TestConfiguration {

        @Bean
        Methods methods() {
            return new Methods();
        }

        @Bean
        Recorder recorder(ApplicationEventPublisher events, NoteRepository notes) {
            return new Recorder(events, notes);
        }
    }

    static class Methods {

        @Transactional
        public void required(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void requiresNew(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NESTED)
        public void nested(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.SUPPORTS)
        public void supports(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void notSupported(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.MANDATORY)
        public void mandatory(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NEVER)
        public void never(Runnable work) {
            work.run();
        }

        @Transactional(readOnly = true)
        public void readOnly(Runnable work) {
            work.run();
        }

        @Transactional(timeout = 1)
        public void forOneSecond(Runnable work) {
            work.run();
        }

        @Transactional(noRollbackForClassName = "IllegalStateException")
        public void keepingIllegalState(Runnable work) {
            work.run();
        }
    }

    static class Recorder {
        final List<String> heard = new ArrayList<>();
        boolean writeBeforeCommit;
        private final ApplicationEventPublisher events;
        private final NoteRepository notes;

        Recorder(ApplicationEventPublisher events, NoteRepository notes) {
            this.events = events;
            this.notes = notes;
        }

        void publish(String id) {
            events.publishEvent(new Published(id));
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit(Published event) {
            heard.add("before commit " + event.id());
            if (writeBeforeCommit) {
                notes.insert(new Note("audit " + event.id()));
            }
        }

        @TransactionalEventListener(fallbackExecution = true)
        void afterCommit(Published event) {
            heard.add("after commit " + event.id());
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        void afterRollback(Published event) {
            heard.add("after rollback " + event.id());
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
        void afterCompletion(Published event) {
            heard.add("after completion " + event.id());
        }
    }
}
