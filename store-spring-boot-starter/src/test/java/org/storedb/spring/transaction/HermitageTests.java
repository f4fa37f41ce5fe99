package org.storedb.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.spring.data.core.StoreBeans;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/**
 * The anomalies by which Martin Kleppmann's Hermitage distinguishes isolation levels, through {@code @Transactional}
 * and a repository, at each level that Spring supports. There are two rows, 1 with value 10 and 2 with value 20.
 * {@code READ_UNCOMMITTED}, {@code READ_COMMITTED} and {@code REPEATABLE_READ} become a snapshot, which permits
 * {@code G2-item} and {@code G2}; {@code DEFAULT} and {@code SERIALIZABLE} permit none.
 */
class HermitageTests {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(TestConfiguration.class);
    private final RowRepository rows = context.getBean(RowRepository.class);

    @BeforeEach
    void fill() {
        rows.save(new Row("1", 10));
        rows.save(new Row("2", 20));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @ParameterizedTest
    @EnumSource
    void g0WriteCyclesAreImpossible(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        write(first, "1", 11);
        write(second, "1", 12);
        write(first, "2", 21);
        first.commit();
        assertThat(values()).containsExactly(11, 21);
        write(second, "2", 22);

        assertConflicts(second);
        assertThat(values()).containsExactly(11, 21);
    }

    @ParameterizedTest
    @EnumSource
    void g1aAbortedWritesAreNotRead(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        write(first, "1", 101);
        assertThat(read(second, "1")).isEqualTo(10);
        first.rollBack();
        assertThat(read(second, "1")).isEqualTo(10);
        second.commit();
        assertThat(values()).containsExactly(10, 20);
    }

    @ParameterizedTest
    @EnumSource
    void g1bIntermediateWritesAreNotRead(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        write(first, "1", 101);
        assertThat(read(second, "1")).isEqualTo(10);
        write(first, "1", 11);
        first.commit();
        assertThat(read(second, "1")).isEqualTo(10);
        second.commit();
        assertThat(values()).containsExactly(11, 20);
    }

    @ParameterizedTest
    @EnumSource
    void g1cInformationDoesNotFlowInCircles(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        write(first, "1", 11);
        write(second, "2", 22);
        assertThat(read(first, "2")).isEqualTo(20);
        assertThat(read(second, "1")).isEqualTo(10);
        first.commit();
        assertThatOnlyASnapshotCommits(second, isolation);
    }

    @ParameterizedTest
    @EnumSource
    void otvObservedTransactionsDoNotVanish(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        write(first, "1", 11);
        write(first, "2", 19);
        first.commit();
        LedTransaction third = begin(isolation);
        write(second, "1", 12);
        assertThat(read(third, "1")).isEqualTo(11);
        write(second, "2", 18);
        assertThat(read(third, "2")).isEqualTo(19);

        assertConflicts(second);
        assertThat(read(third, "2")).isEqualTo(19);
        assertThat(read(third, "1")).isEqualTo(11);
        third.commit();
    }

    @ParameterizedTest
    @EnumSource
    void pmpPredicatesGiveTheSameAgain(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(idsFrom(first, 30)).isEmpty();
        write(second, "3", 30);
        second.commit();
        assertThat(idsFrom(first, 29)).isEmpty();
        first.commit();
        assertThat(values()).containsExactly(10, 20, 30);
    }

    @ParameterizedTest
    @EnumSource
    void pmpHoldsForWritesByPredicate(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        for (String id : List.of("1", "2")) {
            write(first, id, read(first, id) + 10);
        }
        second.run(() -> assertThat(rows.deleteByValue(20)).isEqualTo(1));
        first.commit();

        assertConflicts(second);
        assertThat(values()).containsExactly(20, 30);
    }

    @ParameterizedTest
    @EnumSource
    void p4UpdatesAreNotLost(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(read(first, "1")).isEqualTo(10);
        assertThat(read(second, "1")).isEqualTo(10);
        write(first, "1", 11);
        write(second, "1", 11);
        first.commit();

        assertConflicts(second);
    }

    @ParameterizedTest
    @EnumSource
    void gSingleReadsAreNotSkewed(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(read(first, "1")).isEqualTo(10);
        write(second, "1", 12);
        write(second, "2", 18);
        second.commit();
        assertThat(read(first, "2")).isEqualTo(20);
        first.commit();
    }

    @ParameterizedTest
    @EnumSource
    void gSingleHoldsForPredicates(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(idsFrom(first, 10)).containsExactly("1", "2");
        write(second, "1", 12);
        second.commit();
        first.run(() -> assertThat(rows.findByValue(12)).isEmpty());
        first.commit();
    }

    @ParameterizedTest
    @EnumSource
    void gSingleHoldsForWrites(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(read(first, "1")).isEqualTo(10);
        write(second, "1", 12);
        write(second, "2", 18);
        second.commit();
        first.run(() -> assertThat(rows.deleteByValue(20)).isEqualTo(1));

        assertConflicts(first);
        assertThat(values()).containsExactly(12, 18);
    }

    @ParameterizedTest
    @EnumSource
    void g2ItemWriteSkewIsLeftToASnapshot(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        for (LedTransaction each : List.of(first, second)) {
            assertThat(read(each, "1")).isEqualTo(10);
            assertThat(read(each, "2")).isEqualTo(20);
        }
        write(first, "1", 11);
        write(second, "2", 21);
        first.commit();
        assertThatOnlyASnapshotCommits(second, isolation);
        assertThat(values()).containsExactly(11, isSerializable(isolation) ? 20 : 21);
    }

    @ParameterizedTest
    @EnumSource
    void g2PhantomsAreLeftToASnapshot(Isolation isolation) {
        LedTransaction first = begin(isolation);
        LedTransaction second = begin(isolation);
        assertThat(idsFrom(first, 30)).isEmpty();
        assertThat(idsFrom(second, 30)).isEmpty();
        write(first, "3", 30);
        write(second, "4", 42);
        first.commit();
        assertThatOnlyASnapshotCommits(second, isolation);
    }

    @ParameterizedTest
    @EnumSource
    void g2TwoEdgesWithAReaderAreLeftToASnapshot(Isolation isolation) {
        LedTransaction first = begin(isolation);
        assertThat(idsFrom(first, 0)).containsExactly("1", "2");
        LedTransaction second = begin(isolation);
        write(second, "2", read(second, "2") + 5);
        second.commit();
        LedTransaction third = begin(isolation);
        assertThat(read(third, "1")).isEqualTo(10);
        assertThat(read(third, "2")).isEqualTo(25);
        third.commit();
        write(first, "1", 0);
        assertThatOnlyASnapshotCommits(first, isolation);
    }

    private static boolean isSerializable(Isolation isolation) {
        return isolation == Isolation.DEFAULT || isolation == Isolation.SERIALIZABLE;
    }

    private static void assertThatOnlyASnapshotCommits(LedTransaction transaction, Isolation isolation) {
        if (isSerializable(isolation)) {
            assertConflicts(transaction);
        } else {
            transaction.commit();
        }
    }

    private static void assertConflicts(LedTransaction transaction) {
        assertThatThrownBy(transaction::commit).isInstanceOf(OptimisticLockingFailureException.class);
    }

    private LedTransaction begin(Isolation isolation) {
        return LedTransaction.begin(methodWith(isolation));
    }

    private Consumer<Runnable> methodWith(Isolation isolation) {
        Service service = context.getBean(Service.class);
        return switch (isolation) {
            case DEFAULT -> service::byDefault;
            case READ_UNCOMMITTED -> service::readUncommitted;
            case READ_COMMITTED -> service::readCommitted;
            case REPEATABLE_READ -> service::repeatableRead;
            case SERIALIZABLE -> service::serializable;
        };
    }

    private void write(LedTransaction transaction, String id, int value) {
        transaction.run(() -> rows.save(new Row(id, value)));
    }

    private int read(LedTransaction transaction, String id) {
        return transaction.step(() -> rows.findById(id).orElseThrow().value());
    }

    private List<String> idsFrom(LedTransaction transaction, int value) {
        return transaction.step(() -> rows.findByValueGreaterThanEqualOrderById(value).stream()
                .map(Row::id)
                .toList());
    }

    private List<Integer> values() {
        return rows.findByValueGreaterThanEqualOrderById(0).stream()
                .map(Row::value)
                .toList();
    }

    record Row(String id, @Indexed int value) {}

    interface RowRepository extends StoreRepository<Row, String> {

        List<Row> findByValue(int value);

        List<Row> findByValueGreaterThanEqualOrderById(int value);

        long deleteByValue(int value);
    }

    @Configuration(proxyBeanMethods = false)
    @Import(StoreBeans.class)
    @EnableStoreRepositories(considerNestedRepositories = true, basePackageClasses = HermitageTests.class)
    static class TestConfiguration {

        @Bean
        Service service() {
            return new Service();
        }
    }

    static class Service {

        @Transactional
        public void byDefault(Runnable work) {
            work.run();
        }

        @Transactional(isolation = Isolation.READ_UNCOMMITTED)
        public void readUncommitted(Runnable work) {
            work.run();
        }

        @Transactional(isolation = Isolation.READ_COMMITTED)
        public void readCommitted(Runnable work) {
            work.run();
        }

        @Transactional(isolation = Isolation.REPEATABLE_READ)
        public void repeatableRead(Runnable work) {
            work.run();
        }

        @Transactional(isolation = Isolation.SERIALIZABLE)
        public void serializable(Runnable work) {
            work.run();
        }
    }
}
