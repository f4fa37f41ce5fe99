package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** Sorted queries of the store and of a transaction, over documents that may be kept between sorting and reading or not. */
class SortedQueriesTests {

    private static final int DOCUMENTS = 400;
    private static final int GROUPS = 4;

    private final Random random = new Random(77);

    @Test
    void smallDocuments() {
        assertSorted(20);
    }

    @Test
    void documentsOfSeveralMegabytesTogether() {
        assertSorted(20_000);
    }

    @Test
    void resultIsThatOfTheTimeOfTheCall() {
        try (Store store = Store.openInMemory()) {
            DocumentCollection<Map<String, @Nullable Object>> documents = filled(store, 20);
            Query query =
                    Query.where(Filter.eq("group", 1)).sort(Sort.by("rank")).limit(30);
            List<Map<String, @Nullable Object>> before = documents.find(query).toList();
            List<Map<String, @Nullable Object>> during = documents
                    .find(query)
                    .peek(each -> documents.delete(Query.where(Filter.eq("group", 1))))
                    .toList();
            assertThat(during).isEqualTo(before).hasSize(30);
            assertThat(documents.find(query)).isEmpty();
        }
    }

    private void assertSorted(int textBytes) {
        try (Store store = Store.openInMemory()) {
            DocumentCollection<Map<String, @Nullable Object>> documents = filled(store, textBytes);
            for (int round = 0; round < 30; round++) {
                int group = random.nextInt(GROUPS);
                Query query = Query.where(Filter.eq("group", group))
                        .sort(round % 2 == 0 ? Sort.by("rank") : Sort.by("rank").descending())
                        .offset(random.nextInt(30))
                        .limit(random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(60));
                List<Long> expected = expected(documents, group, query, round % 2 == 0);
                assertThat(ids(documents, query)).isEqualTo(expected);
                store.inTransaction(transaction -> {
                    assertThat(ids(transaction.collection("documents"), query)).isEqualTo(expected);
                    return null;
                });
            }
        }
    }

    private DocumentCollection<Map<String, @Nullable Object>> filled(Store store, int textBytes) {
        DocumentCollection<Map<String, @Nullable Object>> documents = store.collection("documents");
        documents.createIndex(IndexDefinition.on("group"));
        for (long id = 0; id < DOCUMENTS; id++) {
            documents.insert(
                    Map.of("id", id, "group", id % GROUPS, "rank", random.nextInt(50), "text", "x".repeat(textBytes)));
        }
        return documents;
    }

    private static List<Long> expected(
            DocumentCollection<Map<String, @Nullable Object>> documents, int group, Query query, boolean ascending) {
        List<Map<String, @Nullable Object>> matches = new ArrayList<>();
        for (long id = group; id < DOCUMENTS; id += GROUPS) {
            matches.add(documents.get(id).orElseThrow());
        }
        Comparator<Map<String, @Nullable Object>> byRank = Comparator.comparingLong(each -> number(each, "rank"));
        matches.sort(ascending ? byRank : byRank.reversed());
        return matches.stream()
                .skip(query.offset())
                .limit(query.limit())
                .map(each -> number(each, "id"))
                .toList();
    }

    private static List<Long> ids(DocumentCollection<Map<String, @Nullable Object>> documents, Query query) {
        return documents.find(query).map(each -> number(each, "id")).toList();
    }

    private static long number(Map<String, @Nullable Object> document, String field) {
        return ((Number) Objects.requireNonNull(document.get(field))).longValue();
    }
}
