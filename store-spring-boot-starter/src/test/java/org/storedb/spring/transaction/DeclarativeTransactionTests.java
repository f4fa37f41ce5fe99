package org.storedb.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.DomainEvents;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.storedb.Store;
import org.storedb.error.TransactionConflictException;
import org.storedb.spring.data.core.StoreBeans;
import org.storedb.spring.data.repository.Query;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/** {@code @Transactional} services over repositories, without Spring Boot. */
class DeclarativeTransactionTests {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(TestConfiguration.class);
    private final Trips trips = context.getBean(Trips.class);
    private final TripRepository repository = context.getBean(TripRepository.class);
    private final Listener listener = context.getBean(Listener.class);

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void serviceCommitsAsAWhole() {
        trips.open("1", 10, null);
        assertThat(repository.findById("1").orElseThrow().seatsLeft()).isEqualTo(10);
        assertThat(listener.heard).containsExactly("before commit 1", "after commit 1");
    }

    @Test
    void runtimeExceptionRollsBack() {
        assertThatThrownBy(() -> trips.open("1", 10, new IllegalStateException("no")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(repository.count()).isZero();
        assertThat(listener.heard).containsExactly("after rollback 1");
    }

    @Test
    void checkedExceptionCommitsUnlessARuleSaysOtherwise() {
        assertThatThrownBy(() -> trips.openAndThrow("1")).isInstanceOf(IOException.class);
        assertThat(repository.existsById("1")).isTrue();
        assertThatThrownBy(() -> trips.openAndThrowByRule("2")).isInstanceOf(IOException.class);
        assertThat(repository.existsById("2")).isFalse();
        assertThatThrownBy(() -> trips.openAndThrowWithoutRollback("3")).isInstanceOf(IllegalStateException.class);
        assertThat(repository.existsById("3")).isTrue();
    }

    @Test
    void repositoryWithoutATransactionCommitsEachCall() {
        repository.save(new Trip("1", null, 1));
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
        assertThat(repository.existsById("1")).isTrue();
    }

    @Test
    void eventsOfAnAggregateAreHeardAtTheCommitOfTheRepository() {
        OrderRepository orders = context.getBean(OrderRepository.class);
        orders.insert(new Order("7"));
        assertThat(listener.heard).isEmpty();

        orders.save(new Order("7"));
        orders.delete(new Order("7"));
        assertThat(listener.heard)
                .containsExactly("before commit 7", "after commit 7", "before commit 7", "after commit 7");
    }

    @Test
    void repositoryCallJoinsTheService() {
        trips.openTwo("a", "b");
        assertThat(repository.count()).isEqualTo(2);
    }

    @Test
    void mandatoryMethodNeedsAService() {
        assertThatThrownBy(() -> trips.mandatory())
                .isInstanceOf(org.springframework.transaction.IllegalTransactionStateException.class);
    }

    @Test
    void concurrentBookingsNeverOversell() throws Exception {
        trips.open("1", 5, null);
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier barrier = new CyclicBarrier(threads);
            List<Future<Boolean>> bookings = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                bookings.add(executor.submit(() -> {
                    barrier.await();
                    return trips.book("1");
                }));
            }
            int booked = 0;
            for (Future<Boolean> booking : bookings) {
                booked += booking.get() ? 1 : 0;
            }
            assertThat(booked).isEqualTo(5);
            assertThat(repository.findById("1").orElseThrow().seatsLeft()).isZero();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void conflictOfAnUpdateStatementIsRetriedWithItsMethod() {
        trips.open("1", 5, null);
        Runnable other =
                () -> CompletableFuture.runAsync(() -> repository.takeSeat("1")).join();

        assertThatThrownBy(() -> trips.takeSeat("1", other))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasCauseInstanceOf(TransactionConflictException.class);
        assertThat(repository.findById("1").orElseThrow().seatsLeft()).isEqualTo(4);

        Iterator<Runnable> meanwhile = List.of(other, () -> {}).iterator();
        trips.takeSeatRetrying("1", () -> meanwhile.next().run());
        assertThat(meanwhile.hasNext()).isFalse();
        assertThat(repository.findById("1").orElseThrow().seatsLeft()).isEqualTo(2);
    }

    record Trip(String id, @Version @Nullable Long version, int seatsLeft) {}

    /** Publishes an event when it is saved. */
    record Order(String id) {
        @DomainEvents
        List<TripOpened> events() {
            return List.of(new TripOpened(id));
        }
    }

    interface OrderRepository extends StoreRepository<Order, String> {}

    record TripOpened(String id) {}

    interface TripRepository extends StoreRepository<Trip, String> {
        @Query("update trip set seatsLeft = seatsLeft - 1 where id = :id and seatsLeft > 0")
        void takeSeat(String id);
    }

    @Configuration(proxyBeanMethods = false)
    @Import(StoreBeans.class)
    @EnableResilientMethods
    @EnableStoreRepositories(considerNestedRepositories = true, basePackageClasses = DeclarativeTransactionTests.class)
    static class TestConfiguration {

        @Bean
        Trips trips(TripRepository repository, Store store, ApplicationEventPublisher events) {
            return new Trips(repository, store, events);
        }

        @Bean
        Listener listener() {
            return new Listener();
        }
    }

    static class Trips {
        private final TripRepository repository;
        private final Store store;
        private final ApplicationEventPublisher events;

        Trips(TripRepository repository, Store store, ApplicationEventPublisher events) {
            this.repository = repository;
            this.store = store;
            this.events = events;
        }

        @Transactional
        public void open(String id, int seats, @Nullable RuntimeException failure) {
            repository.insert(new Trip(id, null, seats));
            events.publishEvent(new TripOpened(id));
            if (failure != null) {
                throw failure;
            }
        }

        @Transactional
        public void openAndThrow(String id) throws IOException {
            repository.insert(new Trip(id, null, 1));
            throw new IOException("checked");
        }

        @Transactional(rollbackFor = IOException.class)
        public void openAndThrowByRule(String id) throws IOException {
            openAndThrow(id);
        }

        @Transactional(noRollbackFor = IllegalStateException.class)
        public void openAndThrowWithoutRollback(String id) {
            repository.insert(new Trip(id, null, 1));
            throw new IllegalStateException("does not roll back");
        }

        @Transactional
        public void openTwo(String one, String other) {
            repository.insert(new Trip(one, null, 1));
            repository.insert(new Trip(other, null, 1));
            assertThat(repository.existsById(one)).isTrue();
            assertThat(store.collection("trip").exists(one)).isFalse();
        }

        @Transactional(propagation = Propagation.MANDATORY)
        public void mandatory() {}

        @Retryable(includes = ConcurrencyFailureException.class, maxRetries = 50, delay = 1, jitter = 2)
        @Transactional
        public boolean book(String id) {
            Trip trip = repository.findById(id).orElseThrow();
            if (trip.seatsLeft() == 0) {
                return false;
            }
            repository.save(new Trip(id, trip.version(), trip.seatsLeft() - 1));
            return true;
        }

        @Transactional
        public void takeSeat(String id, Runnable meanwhile) {
            repository.takeSeat(id);
            meanwhile.run();
        }

        @Retryable(includes = ConcurrencyFailureException.class, maxRetries = 3, delay = 1)
        @Transactional
        public void takeSeatRetrying(String id, Runnable meanwhile) {
            takeSeat(id, meanwhile);
        }
    }

    static class Listener {
        final List<String> heard = new ArrayList<>();

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit(TripOpened event) {
            heard.add("before commit " + event.id());
        }

        @TransactionalEventListener
        void afterCommit(TripOpened event) {
            heard.add("after commit " + event.id());
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        void afterRollback(TripOpened event) {
            heard.add("after rollback " + event.id());
        }
    }
}
