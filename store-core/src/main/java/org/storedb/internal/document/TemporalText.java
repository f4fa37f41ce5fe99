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
import org.storedb.error.InvalidDocumentException;

/**
 * Points in time as ISO 8601 text of a fixed width per class, so that the order of the texts is that of the times.
 * Years outside 0 to 9999 would have a different order and are refused. Instants and times with an offset or a zone are
 * written in UTC: {@code 2026-11-20T09:30:00.000000000Z}.
 */
final class TemporalText {

    private static final int YEAR_MAX = 9999;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

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

    /**
     * Returns the text of a point in time; for other temporal values, such as dates and months, the result of
     * {@code toString}.
     *
     * @throws InvalidDocumentException if the year, in UTC where it has an offset, is not within 0 to 9999
     */
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
        requireYear(temporal);
        if (temporal instanceof LocalDateTime) {
            return DATE_TIME.format(temporal);
        }
        return temporal instanceof LocalTime ? TIME.format(temporal) : temporal.toString();
    }

    /** Refuses values with a year whose text sorts differently from the year. */
    private static void requireYear(TemporalAccessor temporal) {
        if (temporal.isSupported(ChronoField.YEAR)) {
            int year = temporal.get(ChronoField.YEAR);
            if (year < 0 || year > YEAR_MAX) {
                throw outOfRange(temporal);
            }
        }
    }

    private static InvalidDocumentException outOfRange(Object temporal) {
        return new InvalidDocumentException("A point in time can be stored for the years 0 to " + YEAR_MAX + ", not "
                + temporal + "; omit the field if there is no bound");
    }

    private static String utc(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw outOfRange(instant);
        }
        return DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + 'Z';
    }
}
