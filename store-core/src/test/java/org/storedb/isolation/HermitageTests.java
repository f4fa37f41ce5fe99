package org.storedb.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.Isolation;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.error.TransactionConflictException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/**
 * The anomalies that Martin Kleppmann's Hermitage tells isolation levels apart by, at each level that we offer: two rows,
 * 1 with value 10 and 2 with value 20. Snapshot isolation lets {@code G2-item} and {@code G2} through, serializability
 * none.
 */
class HermitageTests {

    private final Store store = Store.openInMemory();

    @BeforeEach
    void fill() {
        store.collection("test").createIndex(IndexDefinition.on("value"));
        write(store, "1", 10);
        write(store, "2", 20);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void g0WriteCyclesAreImpossible(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
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
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        write(first, "1", 101);
        assertThat(read(second, "1")).isEqualTo(10);
        first.rollback();
        assertThat(read(second, "1")).isEqualTo(10);
        second.commit();
        assertThat(values()).containsExactly(10, 20);
    }

    @ParameterizedTest
    @EnumSource
    void g1bIntermediateWritesAreNotRead(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        write(first, "1", 101);
        assertThat(read(second, "1")).isEqualTo(10);
        write(first, "1", 11);
        first.commit();
        assertThat(read(second, "1")).isEqualTo(10);
        second.commit(); // It only read, from its snapshot: it stands before the first one.
        assertThat(values()).containsExactly(11, 20);
    }

    @ParameterizedTest
    @EnumSource
    void g1cInformationDoesNotFlowInCircles(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        write(first, "1", 11);
        write(second, "2", 22);
        assertThat(read(first, "2")).isEqualTo(20);
        assertThat(read(second, "1")).isEqualTo(10);
        first.commit();
        if (isolation == Isolation.SERIALIZABLE) {
            assertConflicts(second); // Both read what the other wrote: write skew.
        } else {
            second.commit();
        }
    }

    @ParameterizedTest
    @EnumSource
    void otvObservedTransactionsDoNotVanish(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        write(first, "1", 11);
        write(first, "2", 19);
        first.commit();
        Transaction third = begin(isolation);
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
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        assertThat(idsOf(first, Filter.eq("value", 30))).isEmpty();
        write(second, "3", 30);
        second.commit();
        assertThat(idsOf(first, Filter.gte("value", 30))).isEmpty();
        first.commit();
        assertThat(values()).containsExactly(10, 20, 30);
    }

    @ParameterizedTest
    @EnumSource
    void pmpHoldsForWritesByPredicate(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        for (String id : List.of("1", "2")) {
            write(first, id, read(first, id) + 10);
        }
        assertThat(idsOf(second, Filter.eq("value", 20))).containsExactly("2");
        second.collection("test").delete("2");
        first.commit();

        assertConflicts(second);
        assertThat(values()).containsExactly(20, 30);
    }

    @ParameterizedTest
    @EnumSource
    void p4UpdatesAreNotLost(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
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
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
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
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        assertThat(idsOf(first, Filter.in("value", List.of(10, 20)))).containsExactly("1", "2");
        write(second, "1", 12);
        second.commit();
        assertThat(idsOf(first, Filter.eq("value", 12))).isEmpty();
        first.commit();
    }

    @ParameterizedTest
    @EnumSource
    void gSingleHoldsForWrites(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        assertThat(read(first, "1")).isEqualTo(10);
        write(second, "1", 12);
        write(second, "2", 18);
        second.commit();
        assertThat(idsOf(first, Filter.eq("value", 20))).containsExactly("2");
        first.collection("test").delete("2");

        assertConflicts(first);
        assertThat(values()).containsExactly(12, 18);
    }

    @ParameterizedTest
    @EnumSource
    void g2ItemWriteSkewNeedsSnapshotIsolation(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        for (Transaction each : List.of(first, second)) {
            assertThat(read(each, "1")).isEqualTo(10);
            assertThat(read(each, "2")).isEqualTo(20);
        }
        write(first, "1", 11);
        write(second, "2", 21);
        first.commit();
        assertThatOnlySnapshotIsolationCommits(second, isolation);
        assertThat(values()).containsExactly(11, isolation == Isolation.SNAPSHOT ? 21 : 20);
    }

    @ParameterizedTest
    @EnumSource
    void g2PhantomsNeedSnapshotIsolation(Isolation isolation) {
        Transaction first = begin(isolation);
        Transaction second = begin(isolation);
        assertThat(idsOf(first, Filter.gte("value", 30))).isEmpty();
        assertThat(idsOf(second, Filter.gte("value", 30))).isEmpty();
        write(first, "3", 30);
        write(second, "4", 42);
        first.commit();
        assertThatOnlySnapshotIsolationCommits(second, isolation);
    }

    @ParameterizedTest
    @EnumSource
    void g2TwoEdgesWithAReaderNeedSnapshotIsolation(Isolation isolation) {
        Transaction first = begin(isolation);
        assertThat(idsOf(first, Filter.gte("value", 0))).containsExactly("1", "2");
        Transaction second = begin(isolation);
        write(second, "2", read(second, "2") + 5);
        second.commit();
        Transaction third = begin(isolation);
        assertThat(read(third, "1")).isEqualTo(10);
        assertThat(read(third, "2")).isEqualTo(25);
        third.commit();
        write(first, "1", 0);
        assertThatOnlySnapshotIsolationCommits(first, isolation);
    }

    private static void assertThatOnlySnapshotIsolationCommits(Transaction transaction, Isolation isolation) {
        if (isolation == Isolation.SNAPSHOT) {
            transaction.commit();
        } else {
            assertConflicts(transaction);
        }
    }

    private static void assertConflicts(Transaction transaction) {
        assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
    }

    private Transaction begin(Isolation isolation) {
        return store.begin(TransactionOptions.defaults().withIsolation(isolation));
    }

    private List<Integer> values() {
        return store.collection("test")
                .find(Query.where(Filter.all()))
                .map(HermitageTests::valueOf)
                .toList();
    }

    private static void write(StoreContext context, String id, int value) {
        context.collection("test").save(Map.of("id", id, "value", value));
    }

    private static int read(StoreContext context, String id) {
        return valueOf(context.collection("test").get(id).orElseThrow());
    }

    private static List<Object> idsOf(StoreContext context, Filter filter) {
        return context.collection("test")
                .find(Query.where(filter))
                .<Object>map(document -> Objects.requireNonNull(document.get("id")))
                .sorted()
                .toList();
    }

    private static int valueOf(Map<String, @Nullable Object> document) {
        return ((Number) Objects.requireNonNull(document.get("value"))).intValue();
    }
}
