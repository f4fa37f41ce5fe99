package org.storedb.spring.data.core.convert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;

/**
 * Conversion of points in time to text that sorts chronologically: with exactly four digits for the year and nine for
 * the fraction of a second. A date-time with an offset or a zone is its instant, followed by the offset or zone in
 * brackets.
 */
final class TemporalText {

    private static final int YEAR_MAX = 9999;
    private static final int DATE_LENGTH = "2026-11-20".length();
    private static final int DATE_TIME_LENGTH = "2026-11-20T23:59:59.000000000".length();
    private static final int TIME_LENGTH = "23:59:59.000000000".length();
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 24 * 60 * 60;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private TemporalText() {}

    static String ofInstant(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    "a stored instant must be in the years 0 to %d, not %s".formatted(YEAR_MAX, instant));
        }
        long seconds = instant.getEpochSecond();
        byte[] text = new byte[DATE_TIME_LENGTH + 1];
        putDate(text, LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)));
        text[DATE_LENGTH] = 'T';
        putTime(text, DATE_LENGTH + 1, Math.floorMod(seconds, SECONDS_PER_DAY), instant.getNano());
        text[DATE_TIME_LENGTH] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Parses an instant. Other ISO forms than the one written here are accepted, but parsed more slowly. */
    @SuppressWarnings("JavaLocalTimeGetNano") // combined with the seconds
    static Instant toInstant(String text) {
        if (text.length() != DATE_TIME_LENGTH + 1 || text.charAt(DATE_TIME_LENGTH) != 'Z' || !hasFixedForm(text)) {
            return Instant.parse(text);
        }
        LocalTime time = time(text);
        return Instant.ofEpochSecond(date(text).toEpochDay() * SECONDS_PER_DAY + time.toSecondOfDay(), time.getNano());
    }

    static String ofLocalDateTime(LocalDateTime dateTime) {
        byte[] text = new byte[DATE_TIME_LENGTH];
        putDateTime(text, dateTime);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Parses a local date-time. Other ISO forms than the one written here are accepted, but parsed more slowly. */
    static LocalDateTime toLocalDateTime(String text) {
        return text.length() == DATE_TIME_LENGTH && hasFixedForm(text)
                ? LocalDateTime.of(date(text), time(text))
                : LocalDateTime.parse(text);
    }

    /** Returns the date in text of the fixed form. */
    private static LocalDate date(String text) {
        return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    }

    /** Returns the time in text of the fixed form. */
    private static LocalTime time(String text) {
        return LocalTime.of(
                digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19), digits(text, 20, DATE_TIME_LENGTH));
    }

    static String ofLocalDate(LocalDate date) {
        byte[] text = new byte[DATE_LENGTH];
        putDate(text, date);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static String ofLocalTime(LocalTime time) {
        byte[] text = new byte[TIME_LENGTH];
        putTime(text, 0, time);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static String ofYearMonth(YearMonth month) {
        requireYear(month.getYear());
        return month.toString();
    }

    static String ofOffsetDateTime(OffsetDateTime dateTime) {
        return ofInstant(dateTime.toInstant()) + '[' + dateTime.getOffset() + ']';
    }

    static OffsetDateTime toOffsetDateTime(String text) {
        int bracket = text.indexOf('[');
        return toInstant(text.substring(0, bracket)).atOffset(ZoneOffset.of(bracketed(text, bracket)));
    }

    static String ofZonedDateTime(ZonedDateTime dateTime) {
        return ofInstant(dateTime.toInstant()) + '[' + dateTime.getZone() + ']';
    }

    static ZonedDateTime toZonedDateTime(String text) {
        int bracket = text.indexOf('[');
        return toInstant(text.substring(0, bracket)).atZone(ZoneId.of(bracketed(text, bracket)));
    }

    /** Returns a bound below, or above, the text of the same instant in every offset and zone. */
    static String bound(String zoned, boolean above) {
        String instant = zoned.substring(0, zoned.indexOf('['));
        return above ? instant + (char) ('[' + 1) : instant;
    }

    private static String bracketed(String text, int bracket) {
        return text.substring(bracket + 1, text.length() - 1);
    }

    private static void putDateTime(byte[] text, LocalDateTime dateTime) {
        putDate(text, dateTime.toLocalDate());
        text[DATE_LENGTH] = 'T';
        putTime(text, DATE_LENGTH + 1, dateTime.toLocalTime());
    }

    private static void putDate(byte[] text, LocalDate date) {
        requireYear(date.getYear());
        putPair(text, 0, date.getYear() / 100);
        putPair(text, 2, date.getYear() % 100);
        text[4] = '-';
        putPair(text, 5, date.getMonthValue());
        text[7] = '-';
        putPair(text, 8, date.getDayOfMonth());
    }

    @SuppressWarnings("JavaLocalTimeGetNano") // combined with the seconds
    private static void putTime(byte[] text, int at, LocalTime time) {
        putTime(text, at, time.toSecondOfDay(), time.getNano());
    }

    private static void putTime(byte[] text, int at, int secondOfDay, int nano) {
        int minuteOfDay = secondOfDay / 60;
        putPair(text, at, minuteOfDay / 60);
        text[at + 2] = ':';
        putPair(text, at + 3, minuteOfDay % 60);
        text[at + 5] = ':';
        putPair(text, at + 6, secondOfDay % 60);
        text[at + 8] = '.';
        putNanos(text, at + 9, nano);
    }

    private static void putNanos(byte[] text, int at, int nanos) {
        int left = nanos;
        for (int pair = at + NANO_DIGITS - 2; pair > at; pair -= 2) {
            int higher = left / 100;
            putPair(text, pair, left - 100 * higher);
            left = higher;
        }
        text[at] = (byte) ('0' + left);
    }

    /** Writes a two-digit number. */
    private static void putPair(byte[] text, int at, int number) {
        int tens = number / 10;
        text[at] = (byte) ('0' + tens);
        text[at + 1] = (byte) ('0' + number - 10 * tens);
    }

    /** Returns whether text that is long enough begins with the form written here. */
    private static boolean hasFixedForm(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(DATE_LENGTH) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(19) == '.';
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeParseException("A digit is missing", text, at);
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static void requireYear(int year) {
        if (year < 0 || year > YEAR_MAX) {
            throw new IllegalArgumentException("a stored year must be 0 to %d, not %d".formatted(YEAR_MAX, year));
        }
    }
}
