package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;
import org.storedb.document.DocumentPatch;
import org.storedb.error.TransactionConflictException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.GeoPoint;
import org.storedb.query.PlanStep.Kind;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** The nearest in a circle, in transactions: what they depend on, and that they see what is written before them. */
class NearestTransactionTests {

    private static final Query NEAREST =
            Query.all().sort(Sort.byDistance("at", GeoPoint.of(0, 0))).limit(3);

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");

    @BeforeEach
    void fill() {
        places.createIndex(IndexDefinition.onPlace("at"));
        places.insertAll(IntStream.rangeClosed(1, 500)
                .mapToObj(number -> place("p" + number, number / 10.0))
                .toList());
        assertThat(places.explain(NEAREST).plan().kind()).isEqualTo(Kind.NEAREST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatComesNearerMeanwhileIsAConflict() {
        assertConflict(others -> others.insert(place("near", 0.05)));
        assertConflict(others -> others.patch("p400", DocumentPatch.empty().set("at", List.of(0.01, 0))));
        assertConflict(others -> others.delete(nearest(store).get(1)));
    }

    @Test
    void whatHappensFarAwayIsNone() {
        assertThat(commits(others -> others.insert(place("far", 70)))).isTrue();
        assertThat(commits(others -> others.delete("p450"))).isTrue();
        assertThat(commits(others -> others.patch("p400", DocumentPatch.empty().set("at", List.of(60, 0)))))
                .isTrue();
    }

    @Test
    void ownWritesAreThere() {
        try (Transaction transaction = store.begin()) {
            DocumentCollection<Map<String, @Nullable Object>> own = transaction.collection("places");
            own.insert(place("own", 0.05));
            own.delete("p1");
            assertThat(nearest(transaction)).containsExactly("own", "p2", "p3");
            assertThat(nearest(store)).containsExactly("p1", "p2", "p3");
        }
    }

    private void assertConflict(Consumer<DocumentCollection<Map<String, @Nullable Object>>> change) {
        assertThatThrownBy(() -> commits(change)).isInstanceOf(TransactionConflictException.class);
    }

    /** Commits a transaction that has read the nearest before somebody else's change, and written something. */
    private boolean commits(Consumer<DocumentCollection<Map<String, @Nullable Object>>> change) {
        try (Transaction transaction = store.begin()) {
            List<Object> nearest = nearest(transaction);
            transaction.collection("notes").save(Map.of("id", "nearest", "first", nearest.get(0)));
            change.accept(places);
            transaction.commit();
            return true;
        }
    }

    private static List<Object> nearest(StoreContext context) {
        return context.collection("places")
                .find(NEAREST)
                .<Object>map(place -> place.get("id"))
                .toList();
    }

    private static Map<String, @Nullable Object> place(String id, double longitude) {
        return Map.of("id", id, "at", List.of(longitude, 0));
    }
}
