package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidQueryException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Sort;

class ContinuationTests {

    private static final Sort BY_N = Sort.by("n").descending();

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        fill(95);
        numbers.createIndex(IndexDefinition.on("n"));
        Query query = Query.all().sort(BY_N).limit(10);
        List<Object> forward = new ArrayList<>();
        Page<Map<String, @Nullable Object>> page = numbers.findPage(query);
        for (int pages = 1; ; pages++) {
            page.documents().forEach(document -> forward.add(document.get("n")));
            assertThat(page.hasMore()).isEqualTo(pages < 10);
            if (!page.hasMore()) {
                break;
            }
            page = numbers.findPage(query.after(Objects.requireNonNull(page.last())));
        }
        assertThat(forward).hasSize(95).isSortedAccordingTo((a, b) -> Integer.compare((int) b, (int) a));
        Page<Map<String, @Nullable Object>> before =
                numbers.findPage(query.before(Objects.requireNonNull(page.first())));
        assertThat(values(before)).containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5);
        assertThat(before.hasMore()).isTrue();
        Page<Map<String, @Nullable Object>> start = numbers.findPage(query.before(new Continuation(List.of(92), 92L)));
        assertThat(values(start)).containsExactly(94, 93);
        assertThat(start.hasMore()).isFalse();
    }

    @Test
    void aPlaceStaysRightWhenDocumentsComeAndGo() {
        fill(20);
        Query query = Query.all().sort(BY_N).limit(3);
        Page<Map<String, @Nullable Object>> page = numbers.findPage(query.after(new Continuation(List.of(15), 15L)));
        assertThat(values(page)).containsExactly(14, 13, 12);
        numbers.insert(Map.of("id", 100L, "n", 19));
        numbers.insert(Map.of("id", 101L, "n", 11.5));
        assertThat(numbers.delete(12L)).isTrue();
        Page<Map<String, @Nullable Object>> next = numbers.findPage(query.after(Objects.requireNonNull(page.last())));
        assertThat(values(next)).containsExactly(11.5, 11, 10);
    }

    @Test
    void goingOnReadsOnlyWhatIsAskedFor() {
        fill(500);
        numbers.createIndex(IndexDefinition.on("n"));
        QueryExplanation profile =
                numbers.profile(Query.all().sort(BY_N).limit(5).after(new Continuation(List.of(100), 100L)));
        assertThat(profile.execution()).isNotNull().satisfies(execution -> {
            assertThat(execution.keysRead()).isEqualTo(5);
            assertThat(execution.documentsRead()).isEqualTo(5);
        });
        assertThat(profile.query()).endsWith("limit 5 after 100");
    }

    @Test
    void differentValuesAndTheFirstOneAreOfTheSamePart() {
        fill(10);
        Query query = Query.all().sort(BY_N);
        Query before = query.before(new Continuation(List.of(6), 6L));
        Query after = query.after(new Continuation(List.of(2), 2L));

        assertThat(numbers.distinct("n", before)).containsExactly(7, 8, 9);
        assertThat(numbers.distinct("n", before.limit(2))).containsExactly(7, 8);
        assertThat(numbers.distinct("n", after)).containsExactly(0, 1);
        for (Query part : List.of(query, after, before, before.limit(2), before.limit(0), before.offset(1))) {
            assertThat(numbers.findOne(part)).isEqualTo(numbers.find(part).findFirst());
        }
        assertThat(numbers.findOne(before)).contains(Map.of("id", 9, "n", 9));
    }

    @Test
    void nothingHasNoPlaces() {
        Page<Map<String, @Nullable Object>> unwritten = numbers.findPage(Query.all());
        assertThat(unwritten.documents()).isEmpty();
        fill(3);
        Page<Map<String, @Nullable Object>> none = numbers.findPage(Query.where(Filter.gt("n", 5)));
        assertThat(none.first()).isNull();
        assertThat(none.last()).isNull();
        assertThat(none.hasMore()).isFalse();
    }

    @Test
    void withoutAPlaceThereIsNoDirection() {
        fill(5);
        Query query = new Query(Filter.all(), BY_N, 0, 2, null, true);

        assertThat(query.backward()).isFalse();
        Page<Map<String, @Nullable Object>> page = numbers.findPage(query);
        assertThat(values(page)).containsExactly(4, 3);
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void aPlaceOfAnotherSortIsRefused() {
        fill(3);
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> numbers.find(Query.all().sort(BY_N).after(new Continuation(List.of(), 1L))))
                .withMessage("The continuation has 0 values, but the query sorts by 1 fields; use the sort that the"
                        + " continuation was created with");
    }

    private void fill(int count) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            documents.add(Map.of("id", (long) number, "n", number));
        }
        numbers.insertAll(documents);
    }

    private static List<@Nullable Object> values(Page<Map<String, @Nullable Object>> page) {
        List<@Nullable Object> values = new ArrayList<>();
        page.documents().forEach(document -> values.add(document.get("n")));
        return values;
    }
}
