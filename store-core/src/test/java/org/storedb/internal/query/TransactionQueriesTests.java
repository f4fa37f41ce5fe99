package org.storedb.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.DocumentCollection;
import org.storedb.ResultCachePolicy;
import org.storedb.Savepoint;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.StoreOptions;
import org.storedb.Transaction;
import org.storedb.Versioned;
import org.storedb.crash.CampaignSize;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.query.Sort;

/**
 * Queries in transactions with writes of their own, and on snapshots that are older than the store, beside the same over
 * plain maps; with a cache of results, which must never show.
 */
class TransactionQueriesTests {

    private static final int ROUNDS = CampaignSize.of(20);
    private static final int IDS = 60;

    private final Random random = new Random(CampaignSize.firstSeed());

    @Test
    void everyReaderSeesItsOwnState() {
        for (int round = 0; round < ROUNDS; round++) {
            StoreOptions options = StoreOptions.defaults().withResultCache(new ResultCachePolicy(50, 100_000));
            try (Store store = Store.openInMemory(options)) {
                round(store);
            }
        }
    }

    @Test
    void aResultIsOfTheMomentOfTheCallHoweverLateItIsRead() {
        try (Store store = Store.openInMemory()) {
            DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");
            for (int number = 0; number < 100; number++) {
                numbers.insert(Map.of("id", number, "n", number));
            }
            Filter oneOrTwo = Filter.anyOf(
                    Filter.eq("id", 1).and(Filter.lt("n", 50)),
                    Filter.eq("id", 2).and(Filter.exists("n")));
            try (Transaction transaction = store.begin()) {
                DocumentCollection<Map<String, @Nullable Object>> inside = transaction.collection("numbers");
                Stream<Map<String, @Nullable Object>> found = inside.find(Query.where(oneOrTwo));
                inside.delete(1);
                assertThat(found).extracting(document -> document.get("n")).containsExactly(1, 2);
                assertThat(inside.count(Query.where(oneOrTwo))).isOne();
            }
        }
    }

    private void round(Store store) {
        TreeMap<Long, Map<String, @Nullable Object>> documents = new TreeMap<>();
        createIndexes(store);
        List<Reader> snapshots = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            try (Transaction transaction = store.begin()) {
                TreeMap<Long, Map<String, @Nullable Object>> own = new TreeMap<>(documents);
                write(transaction, own);
                check(transaction, own);
                if (random.nextBoolean()) {
                    Savepoint savepoint = transaction.savepoint();
                    write(transaction, new TreeMap<>(own));
                    transaction.rollbackTo(savepoint);
                    check(transaction, own);
                }
                check(store, documents);
                if (random.nextInt(4) > 0) {
                    transaction.commit();
                    documents = own;
                }
            }
            check(store, documents);
            snapshots.add(new Reader(store.snapshot(), documents));
            Reader old = snapshots.get(random.nextInt(snapshots.size()));
            check(old.snapshot(), old.documents());
        }
    }

    private void createIndexes(Store store) {
        DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");
        for (String field : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                numbers.createIndex(IndexDefinition.on(field));
            }
        }
        if (random.nextBoolean()) {
            numbers.createIndex(IndexDefinition.on("a", "b"));
        }
    }

    private void write(StoreContext context, Map<Long, Map<String, @Nullable Object>> documents) {
        DocumentCollection<Map<String, @Nullable Object>> numbers = context.collection("numbers");
        for (int writes = random.nextInt(12); writes > 0; writes--) {
            long id = random.nextInt(IDS);
            if (random.nextInt(4) == 0) {
                assertThat(numbers.delete(id)).isEqualTo(documents.remove(id) != null);
            } else {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("id", id);
                document.put("a", random.nextInt(4));
                document.put("b", random.nextInt(5) == 0 ? null : random.nextInt(9));
                document.put("c", random.nextInt(20) / 2.0);
                documents.put(id, document);
                assertThat(numbers.save(document)).isNotEmpty();
            }
        }
    }

    private void check(StoreContext context, Map<Long, Map<String, @Nullable Object>> documents) {
        DocumentCollection<Map<String, @Nullable Object>> numbers = context.collection("numbers");
        List<Map<String, @Nullable Object>> all = new ArrayList<>(documents.values());
        for (int queries = 0; queries < 6; queries++) {
            Query query = query();
            List<@Nullable Object> expected = NaiveQueries.find(all, query).stream()
                    .map(document -> document.get("id"))
                    .toList();
            assertThat(numbers.findVersioned(query).map(Versioned::id).toList())
                    .as(() -> query + "\n" + numbers.explain(query))
                    .isEqualTo(expected);
            assertThat(numbers.count(query)).isEqualTo(expected.size());
        }
        Filter filter = condition();
        Map<@Nullable Object, Long> groups = new LinkedHashMap<>();
        numbers.aggregate(Aggregation.of(Measure.count().as("n")).where(filter).groupBy("a"))
                .forEach((Row row) -> groups.put(row.value("a"), row.asLong("n")));
        Map<@Nullable Object, Long> expected = new TreeMap<>(NaiveQueries::compare);
        all.stream()
                .filter(document -> NaiveQueries.matches(document, filter))
                .forEach(document -> expected.merge(document.get("a"), 1L, Long::sum));
        assertThat(groups).isEqualTo(expected);
    }

    private Query query() {
        Filter filter = switch (random.nextInt(4)) {
            case 0 -> condition();
            case 1 -> condition().and(condition());
            case 2 -> condition().or(condition());
            default -> condition().and(condition().or(condition()));
        };
        Query query = Query.where(filter);
        if (random.nextBoolean()) {
            Sort sort = Sort.by(field(), field());
            query = query.sort(random.nextBoolean() ? sort : sort.descending());
        }
        if (random.nextBoolean()) {
            query = query.limit(random.nextInt(10)).offset(random.nextInt(5));
        }
        return query;
    }

    private Filter condition() {
        String field = field();
        return switch (random.nextInt(4)) {
            case 0 -> Filter.eq(field, random.nextInt(6));
            case 1 -> Filter.between(field, random.nextInt(5), random.nextInt(9));
            case 2 -> Filter.ne(field, random.nextInt(4));
            default -> Filter.isNull("b");
        };
    }

    private String field() {
        return List.of("a", "b", "c").get(random.nextInt(3));
    }

    /** A snapshot and what is in it. */
    private record Reader(Snapshot snapshot, TreeMap<Long, Map<String, @Nullable Object>> documents) {}
}
