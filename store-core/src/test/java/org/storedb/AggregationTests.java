package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidQueryException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.Row;
import org.storedb.query.Sort;

/** Fields, different values and figures about groups, of documents as their users see them. */
class AggregationTests {

    record City(
            String id,
            @Nullable String country,
            int population,
            @Nullable BigDecimal price) {}

    private final Store store = Store.openInMemory();
    private final DocumentCollection<City> cities = store.collection("cities", City.class);

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void figuresComePerGroup() {
        fill();

        List<Row> rows = cities.aggregate(Aggregation.of(
                        Measure.count().as("cities"),
                        Measure.sum("population").as("people"),
                        Measure.avg("population").as("average"),
                        Measure.min("id"),
                        Measure.max("population"),
                        Measure.sum("price"))
                .groupBy("country"));

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).isNull("country")).isTrue();
        assertThat(rows.get(0).asLong("cities")).isEqualTo(1);
        assertThat(rows.get(0).value("sum(price)")).isEqualTo(0L);
        assertThat(rows.get(1).asMap())
                .isEqualTo(Map.of(
                        "country",
                        "FR",
                        "cities",
                        2L,
                        "people",
                        11_340_000L,
                        "average",
                        new BigDecimal("5670000"),
                        "min(id)",
                        "nice",
                        "max(population)",
                        11_000_000,
                        "sum(price)",
                        new BigDecimal("0.30")));
        assertThat(rows.get(2).asString("country")).isEqualTo("JP");
        assertThat(rows.get(2).asDouble("average")).isEqualTo(56_960_000 / 3.0);
    }

    @Test
    void rowsAreChosenSortedAndCut() {
        fill();
        Aggregation perCountry = Aggregation.of(
                        Measure.count(), Measure.avg("population").as("average"))
                .groupBy("country");

        assertThat(countries(perCountry.having(Filter.gt("count(*)", 1)))).containsExactly("FR", "JP");
        assertThat(countries(perCountry.having(Filter.isNull("country")))).containsExactly("null");
        assertThat(countries(perCountry.sort(Sort.by("average").descending()))).containsExactly("JP", "FR", "null");
        assertThat(countries(perCountry.sort(Sort.by("count(*)")).offset(1).limit(1)))
                .containsExactly("FR");
        assertThat(countries(perCountry.where(Filter.lt("population", 1_000_000))))
                .containsExactly("null", "FR", "JP");
        assertThat(countries(perCountry.limit(0))).isEmpty();
    }

    @Test
    void figuresCanBeBeyondWhatADocumentHolds() {
        DocumentCollection<Map<String, @Nullable Object>> numbers = store.collection("numbers");
        List.of("1E+10000", "1").forEach(n -> numbers.insert(Map.of("k", "large", "n", new BigDecimal(n))));
        List.of("9E+9999", "-1").forEach(n -> numbers.insert(Map.of("k", "medium", "n", new BigDecimal(n))));
        List.of("1E-10000", "0", "0").forEach(n -> numbers.insert(Map.of("k", "small", "n", new BigDecimal(n))));
        BigDecimal largest = new BigDecimal("9".repeat(9_863) + "E+10000");
        for (int count = 0; count < 20; count++) {
            numbers.insert(Map.of("k", "vast", "n", largest));
        }
        Aggregation perGroup = Aggregation.of(Measure.max("n"), Measure.sum("n"), Measure.avg("n"))
                .groupBy("k");

        for (String figure : List.of("max(n)", "sum(n)", "avg(n)")) {
            assertThat(numbers.aggregate(perGroup.having(Filter.gt(figure, 0)).sort(Sort.by(figure))))
                    .extracting(row -> row.asString("k"))
                    .containsExactly("small", "medium", "large", "vast");
        }
        Row large = numbers.aggregate(perGroup.having(Filter.gt("sum(n)", new BigDecimal("1E+10000"))))
                .get(0);
        assertThat(large.asString("k")).isEqualTo("large");
        assertThat(large.value("sum(n)")).isEqualTo(new BigDecimal("1E+10000").add(BigDecimal.ONE));
    }

    @Test
    void withoutGroupsThereIsOneRow() {
        Aggregation all = Aggregation.of(
                Measure.count(), Measure.sum("population"), Measure.avg("population"), Measure.max("population"));
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("count(*)", 0L);
        nothing.put("sum(population)", 0L);
        nothing.put("avg(population)", null);
        nothing.put("max(population)", null);

        assertThat(cities.aggregate(all)).extracting(Row::asMap).containsExactly(nothing);
        assertThat(cities.aggregate(all.having(Filter.gt("count(*)", 0)))).isEmpty();
        assertThat(cities.aggregate(all.groupBy("country"))).isEmpty();
        fill();
        assertThat(cities.aggregate(all.where(Filter.anyOf())))
                .extracting(Row::asMap)
                .containsExactly(nothing);
        assertThat(cities.aggregate(all).get(0).asLong("count(*)")).isEqualTo(6);
    }

    @Test
    void differentValuesAndFieldsAreFound() {
        assertThat(cities.distinct("country")).isEmpty();
        assertThat(cities.findFields(Query.all(), "id")).isEmpty();
        fill();

        assertThat(cities.distinct("country")).containsExactly(null, "FR", "JP");
        assertThat(cities.distinct("country", Query.where(Filter.gt("population", 1_000_000))))
                .containsExactly("FR", "JP");
        assertThat(cities.distinct("country", Query.all().limit(2))).containsExactly(null, "JP");
        assertThat(cities.aggregate(
                        Aggregation.distinct("country").sort(Sort.by("country").descending())))
                .extracting(row -> row.value("country"))
                .containsExactly("JP", "FR", null);
        assertThat(cities.findFields(
                        Query.where(Filter.eq("country", "FR")).sort(Sort.by("population")), "id", "price"))
                .extracting(Row::toString)
                .containsExactly("{id=nice, price=0.10}", "{id=paris, price=0.20}");
    }

    @Test
    void equalNumbersAreOneInItsSimplestClass() {
        cities.insert(new City("1", null, 1, new BigDecimal("11.90")));
        cities.insert(new City("2", null, 1, new BigDecimal("11.9")));
        cities.insert(new City("3", null, 1, new BigDecimal("12.00")));

        for (boolean indexed : new boolean[] {false, true}) {
            if (indexed) {
                cities.createIndex(IndexDefinition.on("price"));
            }
            Row extremes = cities.aggregate(Aggregation.of(Measure.min("price"), Measure.max("price")))
                    .get(0);
            assertThat(extremes.value("min(price)")).isEqualTo(new BigDecimal("11.9"));
            assertThat(extremes.value("max(price)")).isEqualTo(12);
            assertThat(cities.distinct("price")).containsExactly(new BigDecimal("11.9"), 12);
            assertThat(cities.findFields(Query.all().sort(Sort.by("price")).limit(1), "price"))
                    .extracting(row -> row.value("price"))
                    .containsExactly(new BigDecimal("11.90"));
        }
    }

    @Test
    void ownWritesOfATransactionCount() {
        fill();
        store.inTransaction(transaction -> {
            DocumentCollection<City> own = transaction.collection("cities", City.class);
            own.insert(new City("kobe", "JP", 1, null));
            assertThat(own.aggregate(Aggregation.of(Measure.count()).where(Filter.eq("country", "JP")))
                            .get(0)
                            .asLong("count(*)"))
                    .isEqualTo(4);
            assertThat(own.distinct("id", Query.where(Filter.lt("population", 2))))
                    .containsExactly("kobe");
            return 0;
        });
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertInvalid(Aggregation.of(Measure.sum("id")), "\"id\" of collection cities is a string; it has no sum(id)");
        assertInvalid(Aggregation.of(Measure.sum("populaton")), "did you mean \"population\"?");
        assertInvalid(Aggregation.distinct("land"), "have no field \"land\"");
        assertInvalid(
                Aggregation.of(Measure.count()).having(Filter.gt("population", 1)),
                "Rows of an aggregation of collection cities have no field \"population\"; it has count(*)");
        assertInvalid(Aggregation.of(Measure.count()).sort(Sort.by("id")), "have no field \"id\"");
        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> Aggregation.of());
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> Aggregation.of(Measure.count(), Measure.count()))
                .withMessageContaining("Measure.as");
        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> cities.findFields(Query.all()));
        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> cities.findFields(Query.all(), "land"));
        fill();
        Row row = cities.findFields(Query.all(), "id", "population").findFirst().orElseThrow();
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> row.value("name"))
                .withMessageContaining("it has [id, population]");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> row.asString("population"));
    }

    @Test
    void randomAggregationsAreWhatPlainJavaComputes() {
        long seed = Long.getLong("storedb.seed", System.nanoTime());
        Random random = new Random(seed);
        DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (int id = 0; id < 300; id++) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("id", (long) id);
            document.put("a", value(random, 4));
            if (random.nextInt(4) > 0) {
                document.put("n", Map.of("b", random.nextInt(3)));
            }
            document.put("x", value(random, 50));
            documents.add(document);
        }
        things.insertAll(documents);
        List<Row> rows = things.aggregate(Aggregation.of(Measure.count(), Measure.sum("x"), Measure.count("x"))
                .groupBy("a", "n.b"));
        things.createIndex(IndexDefinition.on("a", "x"));
        assertThat(things.aggregate(Aggregation.of(Measure.count(), Measure.sum("x"), Measure.count("x"))
                        .groupBy("a", "n.b")
                        .where(Filter.anyOf(Filter.exists("a"), Filter.lt("a", 0)))))
                .isEqualTo(rows);

        Map<String, Object[]> expected = new TreeMap<>();
        for (Map<String, @Nullable Object> document : documents) {
            String group = shown(document.get("a")) + "/"
                    + (document.get("n") instanceof Map<?, ?> inner ? shown(inner.get("b")) : "null");
            Object[] figures = expected.computeIfAbsent(group, key -> new Object[] {0L, BigDecimal.ZERO, 0L});
            figures[0] = (long) figures[0] + 1;
            if (document.get("x") instanceof Number number) {
                figures[1] = ((BigDecimal) figures[1]).add(new BigDecimal(number.toString()));
            }
            figures[2] = (long) figures[2] + (document.get("x") == null ? 0 : 1);
        }
        assertThat(rows).as("seed " + seed).hasSameSizeAs(expected.keySet());
        for (Row row : rows) {
            Object[] figures =
                    Objects.requireNonNull(expected.get(shown(row.value("a")) + "/" + shown(row.value("n.b"))));
            assertThat(row.value("count(*)")).isEqualTo(figures[0]);
            assertThat(row.asBigDecimal("sum(x)")).isEqualByComparingTo((BigDecimal) figures[1]);
            assertThat(row.value("count(x)")).isEqualTo(figures[2]);
        }
    }

    private static @Nullable Object value(Random random, int bound) {
        int number = random.nextInt(bound);
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "text" + number;
            case 2 -> number * 1.0;
            case 3 -> new BigDecimal(number).setScale(2);
            default -> number;
        };
    }

    /** Equal numbers look the same. */
    private static String shown(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    private List<String> countries(Aggregation aggregation) {
        return cities.aggregate(aggregation).stream()
                .map(row -> String.valueOf(row.value("country")))
                .toList();
    }

    private void assertInvalid(Aggregation aggregation, String message) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> cities.aggregate(aggregation))
                .withMessageContaining(message);
    }

    private void fill() {
        cities.insertAll(List.of(
                new City("tokyo", "JP", 37_400_000, null),
                new City("osaka", "JP", 19_200_000, null),
                new City("nara", "JP", 360_000, null),
                new City("paris", "FR", 11_000_000, new BigDecimal("0.20")),
                new City("nice", "FR", 340_000, new BigDecimal("0.10")),
                new City("atlantis", null, 7, null)));
    }
}
