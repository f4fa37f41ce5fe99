package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.crash.CampaignSize;
import org.storedb.query.Query;
import org.storedb.view.View;
import org.storedb.view.ViewFunction;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewRow;

/** Random changes, and views read in between at random moments: the rows are those of plain Java. */
class ViewDifferentialTests {

    private static final int RUNS = CampaignSize.of(8);
    private static final int STEPS = 150;

    private static final ViewFunction<Map<String, @Nullable Object>> FUNCTION = (document, emitter) -> {
        for (int key : keysOf(document)) {
            if (key == 13) {
                throw new IllegalStateException("unlucky");
            }
            emitter.emit(key, document.get("value"));
        }
    };

    private static final Comparator<Row> BY_KEY =
            Comparator.comparingInt(Row::key).thenComparing(Row::id);

    private Random random = new Random(0);

    @Test
    void rowsAreThoseOfTheDocumentsWhoeverReadsThem() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        System.out.println("View differential test, seed " + seed + " (-Dstoredb.seed=" + seed + " repeats it)");
        random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            try (Store store = Store.openInMemory()) {
                List<Snapshot> snapshots = new ArrayList<>();
                for (int step = 0; step < STEPS; step++) {
                    step(store, snapshots, "seed " + seed + ", run " + run + ", step " + step);
                }
            }
        }
    }

    private void step(Store store, List<Snapshot> snapshots, String described) {
        switch (random.nextInt(10)) {
            case 0 -> snapshots.add(store.snapshot());
            case 1 -> check(store, described);
            case 2 -> snapshots.forEach(snapshot -> check(snapshot, described + ", snapshot"));
            case 3 ->
                store.runInTransaction(transaction -> {
                    change(transaction, 5);
                    check(transaction, described + ", transaction");
                    Savepoint savepoint = transaction.savepoint();
                    change(transaction, 5);
                    check(transaction, described + ", after the savepoint");
                    transaction.rollbackTo(savepoint);
                    check(transaction, described + ", back at the savepoint");
                });
            default -> change(store, 1 + random.nextInt(20));
        }
    }

    private void change(StoreContext store, int count) {
        DocumentCollection<Map<String, @Nullable Object>> documents = store.collection("documents");
        for (int i = 0; i < count; i++) {
            String id = "d" + random.nextInt(60);
            if (random.nextInt(4) == 0) {
                documents.delete(id);
            } else {
                List<Integer> keys = new ArrayList<>();
                for (int size = random.nextInt(4); size > 0; size--) {
                    keys.add(random.nextInt(14));
                }
                documents.save(Map.of("id", id, "keys", keys, "value", random.nextInt(100)));
            }
        }
    }

    private void check(StoreContext store, String described) {
        DocumentCollection<Map<String, @Nullable Object>> documents = store.collection("documents");
        View<Map<String, @Nullable Object>> view = documents.view("byKey", 1, FUNCTION);
        List<Row> all = new ArrayList<>();
        int[] failed = {0};
        documents.find(Query.all()).forEach(document -> {
            List<Integer> keys = keysOf(document);
            if (keys.contains(13)) {
                failed[0]++;
            } else {
                keys.forEach(key ->
                        all.add(new Row(key, String.valueOf(document.get("id")), number(document.get("value")))));
            }
        });
        all.sort(BY_KEY);
        assertThat(view.status().failed()).as(described).isEqualTo(failed[0]);
        checkQuery(view, all, described);
        TreeMap<Integer, Long> counts = new TreeMap<>();
        all.forEach(row -> counts.merge(row.key, 1L, Long::sum));
        assertThat(view.countByKey(ViewQuery.all())).as(described).isEqualTo(new HashMap<>(counts));
    }

    private void checkQuery(View<Map<String, @Nullable Object>> view, List<Row> all, String described) {
        int from = random.nextInt(14);
        int to = random.nextInt(14);
        boolean withoutStart = random.nextBoolean();
        boolean withoutEnd = random.nextBoolean();
        ViewQuery query = ViewQuery.range(from, to);
        query = withoutStart ? query.excludingStart() : query;
        query = withoutEnd ? query.excludingEnd() : query;
        List<Row> expected = new ArrayList<>(all);
        expected.removeIf(row -> row.key < from || row.key > to);
        expected.removeIf(row -> (withoutStart && row.key == from) || (withoutEnd && row.key == to));
        if (random.nextBoolean()) {
            query = query.descending();
            Collections.reverse(expected);
        }
        int start = random.nextInt(6);
        int limit = random.nextInt(30);
        int total = expected.size();
        expected = expected.subList(Math.min(start, total), Math.min(start + limit, total));
        query = query.startIndex(start).limit(limit).withDocuments();

        List<Row> found = new ArrayList<>();
        for (ViewRow<Map<String, @Nullable Object>> row : view.page(query).rows()) {
            found.add(new Row(number(row.key()), String.valueOf(row.id()), number(row.value())));
            assertThat(row.document()).as(described).isNotNull().containsEntry("value", row.value());
        }
        assertThat(found).as(described + ", " + query).isEqualTo(expected);
        assertThat(view.page(query).total()).as(described).isEqualTo(total);
        assertThat(view.count(query)).as(described).isEqualTo(expected.size());
        assertThat(view.sum(query))
                .as(described)
                .isEqualByComparingTo(
                        new BigDecimal(expected.stream().mapToInt(Row::value).sum()));
    }

    private static List<Integer> keysOf(Map<String, @Nullable Object> document) {
        List<Integer> keys = new ArrayList<>();
        if (document.get("keys") instanceof List<?> list) {
            list.forEach(key -> keys.add(number(key)));
        }
        return keys;
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : -1;
    }

    private record Row(int key, String id, int value) {}
}
