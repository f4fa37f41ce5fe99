package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidQueryException;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** Points in time whose text would sort elsewhere are refused, wherever they come; all others keep their order. */
class TemporalRangeTests {

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> maps = store.collection("things");

    record Event(
            int id,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable YearMonth month,
            @Nullable LocalDateTime local) {}

    @AfterEach
    void close() {
        store.close();
    }

    @SuppressWarnings("JavaUtilDate") // Users' documents have dates.
    static Stream<Object> outOfRange() {
        return Stream.of(
                Instant.MAX,
                Instant.MIN,
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.parse("-0001-12-31T23:59:59Z"),
                LocalDateTime.MAX,
                LocalDateTime.MIN,
                OffsetDateTime.MAX,
                OffsetDateTime.MIN,
                OffsetDateTime.of(9999, 12, 31, 23, 30, 0, 0, ZoneOffset.ofHours(-1)), // 10000 in UTC
                ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.UTC),
                LocalDate.MAX,
                LocalDate.of(10_000, 1, 1),
                LocalDate.of(-1, 12, 31),
                YearMonth.of(10_000, 1),
                new Date(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aFieldIsRefusedByNameAndValue(Object time) {
        assertThatThrownBy(() -> maps.insert(Map.of("id", 1, "period", Map.of("ends", List.of(time)))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("\"period.ends\"")
                .hasMessageContaining("0 to 9999, not ");
        maps.insert(Map.of("id", 1, "period", "none"));
        assertThatThrownBy(() -> maps.patch(1, DocumentPatch.empty().set("ends", time)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("\"ends\"");
        assertThat(maps.get(1).orElseThrow()).isEqualTo(Map.of("id", 1, "period", "none"));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aQueryIsRefusedByNameAndValue(Object time) {
        maps.insert(Map.of("id", 1, "ends", "2026"));
        for (Filter filter : List.of(
                Filter.lt("ends", time),
                Filter.in("ends", List.of("2026", time)),
                Filter.not(Filter.hasElement("ends", time)),
                Filter.elementMatches("ends", Filter.eq(Filter.ELEMENT, time)).or(Filter.gte("ends", time)))) {
            assertThatThrownBy(() -> maps.count(Query.where(filter)))
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("0 to 9999, not ");
            assertThatThrownBy(() -> maps.delete(Query.where(filter))).isInstanceOf(InvalidQueryException.class);
        }
        assertThatThrownBy(() -> maps.count(Query.where(Filter.lt("ends", time))))
                .hasMessageContaining("Field \"ends\"");
    }

    @Test
    void aPropertyOfAClassIsRefusedByNameAndValue() {
        DocumentCollection<Event> events = store.collection("events", Event.class);
        refused(events, new Event(1, Instant.MAX, null, null, null), "at", "+1000000000-12-31T23:59:59.999999999Z");
        refused(events, new Event(1, null, LocalDate.MIN, null, null), "day", "-999999999-01-01");
        refused(events, new Event(1, null, null, YearMonth.of(10_000, 1), null), "month", "10000-01");
        refused(events, new Event(1, null, null, null, LocalDateTime.MAX), "local", "+999999999-12-31");
        assertThat(events.count()).isZero();
        assertThatThrownBy(() -> events.count(Query.where(Filter.lt("at", Instant.MAX))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("\"at\"");
    }

    record Formatted(
            int id,
            @JsonFormat(pattern = "dd.MM.uuuu") LocalDate day,
            @JsonFormat(pattern = "MM/uuuu") YearMonth month) {}

    @Test
    void aPropertyWithAFormatKeepsIt() {
        store.collection("formatted", Formatted.class)
                .insert(new Formatted(1, LocalDate.of(2026, 11, 21), YearMonth.of(2026, 11)));
        assertThat(store.collection("formatted").get(1).orElseThrow())
                .isEqualTo(Map.of("id", 1, "day", "21.11.2026", "month", "11/2026"));
        assertThat(store.collection("formatted", Formatted.class)
                        .get(1)
                        .orElseThrow()
                        .day())
                .isEqualTo(LocalDate.of(2026, 11, 21));
    }

    private static void refused(DocumentCollection<Event> events, Event event, String property, String value) {
        assertThatThrownBy(() -> events.insert(event))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("\"" + property + "\"")
                .hasMessageContaining("0 to 9999, not ")
                .hasMessageContaining(value);
    }

    @Test
    void allOthersComeBackInTheirOrder() {
        DocumentCollection<Event> events = store.collection("events", Event.class);
        events.createIndex(IndexDefinition.on("at"));
        List<Instant> times = Stream.of(
                        "0000-01-01T00:00:00Z",
                        "0999-12-31T23:59:59.999999999Z",
                        "1969-12-31T23:59:59.999999999Z",
                        "2026-01-01T00:00:00.000000001Z",
                        "2026-01-01T00:00:00.1Z",
                        "9999-12-31T23:59:59.999999999Z")
                .map(Instant::parse)
                .toList();
        for (int i = times.size() - 1; i >= 0; i--) {
            LocalDateTime local = LocalDateTime.ofInstant(times.get(i), ZoneOffset.UTC);
            events.insert(new Event(i, times.get(i), local.toLocalDate(), YearMonth.from(local), local));
        }
        for (String field : List.of("at", "day", "month", "local")) {
            assertThat(events.find(Query.all().sort(Sort.by(field, "id"))))
                    .as(field)
                    .extracting(Event::at)
                    .isEqualTo(times);
        }
        assertThat(events.count(Query.where(Filter.lte("at", times.get(3))))).isEqualTo(4);
        assertThat(events.get(5).orElseThrow().local())
                .isEqualTo(LocalDateTime.ofInstant(times.get(5), ZoneOffset.UTC));
    }
}
