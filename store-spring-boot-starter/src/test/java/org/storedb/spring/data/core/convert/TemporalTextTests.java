package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemporalTextTests {

    @Test
    void instantHasNineFractionalDigits() {
        assertThat(TemporalText.ofInstant(Instant.parse("2026-11-20T23:59:28Z")))
                .isEqualTo("2026-11-20T23:59:28.000000000Z");
        assertThat(TemporalText.ofInstant(Instant.parse("0007-01-02T03:04:05.000000006Z")))
                .isEqualTo("0007-01-02T03:04:05.000000006Z");
    }

    @Test
    void orderOfTextIsOrderOfTime() {
        List<Instant> ordered = Stream.of(
                        "0000-01-01T00:00:00Z",
                        "1969-12-31T23:59:59.999999999Z",
                        "1970-01-01T00:00:00Z",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T00:00:00.000000001Z",
                        "2026-01-01T00:00:00.1Z",
                        "2026-01-01T00:00:01Z",
                        "9999-12-31T23:59:59.999999999Z")
                .map(Instant::parse)
                .toList();
        assertThat(ordered.stream().map(TemporalText::ofInstant)).isSorted();
        assertThat(ordered.stream().map(TemporalText::ofInstant).map(TemporalText::toInstant))
                .isEqualTo(ordered);
    }

    @Test
    void localDateTimeAndTimeAreFixedWidth() {
        LocalDateTime dateTime = LocalDateTime.of(2026, 3, 1, 12, 0);
        assertThat(TemporalText.ofLocalDateTime(dateTime)).isEqualTo("2026-03-01T12:00:00.000000000");
        assertThat(TemporalText.ofLocalTime(LocalTime.of(7, 5, 3, 40))).isEqualTo("07:05:03.000000040");
        assertThat(TemporalText.ofLocalDate(LocalDate.of(987, 1, 2))).isEqualTo("0987-01-02");
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String text : List.of(
                "2026-11-20T23:59:5x.000000000Z",
                "2026-13-20T23:59:59.000000000Z",
                "2026-02-30T23:59:59.000000000Z",
                "2026-11-20T24:59:59.000000000Z",
                "2026-11-20T23:60:59.000000000Z",
                "2026-11-20T24:00:00.000000000Z",
                "2026-12-31T23:59:60.000000000Z",
                "2026-11-20T23:59:59.0000000-1Z",
                "2026-11-20 23:59:59.000000000Z")) {
            assertThatThrownBy(() -> TemporalText.toInstant(text)).as(text).isInstanceOf(DateTimeException.class);
            assertThatThrownBy(() -> TemporalText.toLocalDateTime(text.substring(0, text.length() - 1)))
                    .as(text)
                    .isInstanceOf(DateTimeException.class);
        }
    }

    @Test
    void otherIsoFormsAreReadToo() {
        assertThat(TemporalText.toInstant("2026-03-01T12:00:00Z")).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(TemporalText.toInstant("2026-03-01T12:00:00.1234567+01:00"))
                .isEqualTo(Instant.parse("2026-03-01T11:00:00.1234567Z"));
        assertThat(TemporalText.toLocalDateTime("2026-03-01T12:00")).isEqualTo(LocalDateTime.of(2026, 3, 1, 12, 0));
        assertThat(TemporalText.toLocalDateTime("2026-03-01T12:00:00.000000007"))
                .isEqualTo(LocalDateTime.of(2026, 3, 1, 12, 0, 0, 7));
        assertThatThrownBy(() -> TemporalText.toInstant("2026-13-01T12:00:00.000000000Z"))
                .isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TemporalText.toInstant("yesterday")).isInstanceOf(DateTimeException.class);
    }

    @Test
    void offsetDateTimesSortByInstantAndKeepTheirOffset() {
        OffsetDateTime later = OffsetDateTime.parse("2026-01-01T10:00:00-05:00");
        OffsetDateTime earlier = OffsetDateTime.parse("2026-01-01T12:00:00+02:00");
        assertThat(TemporalText.ofOffsetDateTime(earlier)).isLessThan(TemporalText.ofOffsetDateTime(later));
        assertThat(TemporalText.toOffsetDateTime(TemporalText.ofOffsetDateTime(later)))
                .isEqualTo(later);
        assertThat(TemporalText.toOffsetDateTime(
                                TemporalText.ofOffsetDateTime(later.withOffsetSameInstant(ZoneOffset.UTC)))
                        .getOffset())
                .isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void zonedDateTimeKeepsItsZone() {
        ZonedDateTime dateTime = ZonedDateTime.parse("2026-07-01T10:00:00+02:00[Europe/Berlin]");
        assertThat(TemporalText.ofZonedDateTime(dateTime)).isEqualTo("2026-07-01T08:00:00.000000000Z[Europe/Berlin]");
        assertThat(TemporalText.toZonedDateTime(TemporalText.ofZonedDateTime(dateTime)))
                .isEqualTo(dateTime);
    }

    @Test
    void yearsThatWouldSortWronglyAreRefused() {
        assertThatThrownBy(() -> TemporalText.ofInstant(Instant.MAX)).hasMessageContaining("0 to 9999");
        assertThatThrownBy(() -> TemporalText.ofLocalDate(LocalDate.of(-1, 1, 1)))
                .hasMessageContaining("-1");
    }
}
