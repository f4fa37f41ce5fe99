package org.storedb.internal.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * Points in time as ISO 8601 text of one width per class, so that the order of the texts is that of the times (for the
 * years 0 to 9999). Instants and times with an offset or a zone are written in UTC: {@code 2026-11-20T09:30:00.000000000Z}.
 */
final class TemporalText {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true)
            .toFormatter();
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(TIME)
            .toFormatter();

    private TemporalText() {}

    /** The text of a point in time; of other temporal values, such as dates and years, what {@code toString} says. */
    static String of(TemporalAccessor temporal) {
        if (temporal instanceof Instant instant) {
            return utc(instant);
        }
        if (temporal instanceof OffsetDateTime dateTime) {
            return utc(dateTime.toInstant());
        }
        if (temporal instanceof ZonedDateTime dateTime) {
            return utc(dateTime.toInstant());
        }
        if (temporal instanceof LocalDateTime) {
            return DATE_TIME.format(temporal);
        }
        return temporal instanceof LocalTime ? TIME.format(temporal) : temporal.toString();
    }

    private static String utc(Instant instant) {
        return DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + 'Z';
    }
}
