package org.storedb.spring.data.core.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.convert.ScalarMapper.Form;

/** The mappers of all types that are stored as a single value. */
final class ScalarMappers {

    private static final Form<String> TEXT = new Form<>(
            FieldType.STRING, DocumentWriter::writeString, DocumentValue::asString, UnaryOperator.identity());
    private static final Form<Long> WHOLE =
            new Form<>(FieldType.NUMBER, DocumentWriter::writeLong, DocumentValue::asLong, Long::valueOf);
    private static final Form<Double> FLOATING =
            new Form<>(FieldType.NUMBER, DocumentWriter::writeDouble, DocumentValue::asDouble, Double::valueOf);
    /** Stored as the double with the same shortest text, as by the store itself: 0.1, not 0.10000000149. */
    private static final Form<Float> SINGLE =
            new Form<>(FieldType.NUMBER, DocumentWriter::writeValue, value -> (float) value.asDouble(), Float::valueOf);

    private static final Form<BigInteger> BIG_WHOLE =
            new Form<>(FieldType.NUMBER, DocumentWriter::writeBigInteger, DocumentValue::asBigInteger, BigInteger::new);
    private static final Form<BigDecimal> DECIMAL =
            new Form<>(FieldType.NUMBER, DocumentWriter::writeBigDecimal, DocumentValue::asBigDecimal, BigDecimal::new);
    private static final Form<Boolean> TRUTH =
            new Form<>(FieldType.BOOLEAN, DocumentWriter::writeBoolean, DocumentValue::asBoolean, Boolean::valueOf);
    private static final Form<byte[]> BINARY = new Form<>(
            FieldType.BINARY,
            DocumentWriter::writeBinary,
            DocumentValue::asBinary,
            text -> Base64.getDecoder().decode(text));

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final Map<Class<?>, ScalarMapper<?, ?>> MAPPERS = new HashMap<>();

    static {
        registerPlainTypes();
        registerTexts();
        registerTemporals();
    }

    /** Maps text, which is stored unconverted. */
    static final ValueMapper TEXTS = Objects.requireNonNull(MAPPERS.get(String.class));

    private ScalarMappers() {}

    /** Returns the mapper of a type, boxed or primitive, or {@code null} if it is not stored as a single value. */
    static @Nullable ScalarMapper<?, ?> of(Class<?> type) {
        if (type.isEnum()) {
            return enumMapper(type);
        }
        return MAPPERS.get(ClassUtils.resolvePrimitiveIfNecessary(type));
    }

    private static void registerPlainTypes() {
        register(Boolean.class, TRUTH, value -> value, value -> value, true);
        register(Long.class, WHOLE, value -> value, value -> value, true);
        register(Integer.class, WHOLE, Integer::longValue, Math::toIntExact, true);
        register(Short.class, WHOLE, Short::longValue, value -> exact(value, value.shortValue()), true);
        register(Byte.class, WHOLE, Byte::longValue, value -> exact(value, value.byteValue()), true);
        register(Double.class, FLOATING, value -> value, value -> value, true);
        register(Float.class, SINGLE, value -> value, value -> value, true);
        register(BigInteger.class, BIG_WHOLE, value -> value, value -> value, true);
        register(BigDecimal.class, DECIMAL, value -> value, value -> value, true);
        register(byte[].class, BINARY, value -> value, value -> value, true);
    }

    private static void registerTexts() {
        text(String.class, value -> value, value -> value, true);
        text(Character.class, Object::toString, value -> value.charAt(0), true);
        text(UUID.class, Object::toString, UUID::fromString, true);
        text(URI.class, Object::toString, URI::create, true);
        text(Currency.class, Currency::getCurrencyCode, Currency::getInstance, true);
        text(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag, false);
    }

    @SuppressWarnings("JavaUtilDate") // applications have such properties; toInstant() fails for java.sql.Date
    private static void registerTemporals() {
        text(Instant.class, TemporalText::ofInstant, TemporalText::toInstant, true);
        text(
                Date.class,
                value -> TemporalText.ofInstant(Instant.ofEpochMilli(value.getTime())),
                value -> Date.from(TemporalText.toInstant(value)),
                true);
        text(LocalDate.class, TemporalText::ofLocalDate, LocalDate::parse, true);
        text(LocalTime.class, TemporalText::ofLocalTime, LocalTime::parse, true);
        text(LocalDateTime.class, TemporalText::ofLocalDateTime, TemporalText::toLocalDateTime, true);
        text(OffsetDateTime.class, TemporalText::ofOffsetDateTime, TemporalText::toOffsetDateTime, true);
        text(ZonedDateTime.class, TemporalText::ofZonedDateTime, TemporalText::toZonedDateTime, true);
        text(YearMonth.class, TemporalText::ofYearMonth, YearMonth::parse, true);
        text(MonthDay.class, MonthDay::toString, MonthDay::parse, true);
        text(OffsetTime.class, OffsetTime::toString, OffsetTime::parse, false);
        text(Period.class, Period::toString, Period::parse, false);
        text(ZoneId.class, ZoneId::getId, ZoneId::of, false);
        text(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of, false);
        register(Year.class, WHOLE, value -> (long) value.getValue(), value -> Year.of(Math.toIntExact(value)), true);
        register(Duration.class, BIG_WHOLE, ScalarMappers::toNanos, ScalarMappers::fromNanos, true);
    }

    private static <J> void text(
            Class<J> type,
            Function<? super J, String> toText,
            Function<? super String, ? extends J> fromText,
            boolean ordered) {
        register(type, TEXT, toText, fromText, ordered);
    }

    private static <J, P> void register(
            Class<J> type,
            Form<P> form,
            Function<? super J, ? extends P> toStored,
            Function<? super P, ? extends J> fromStored,
            boolean ordered) {
        MAPPERS.put(type, new ScalarMapper<>(type, form, toStored, fromStored, ordered));
    }

    private static <E> ScalarMapper<E, String> enumMapper(Class<E> type) {
        Map<String, E> constants = new HashMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        Function<String, E> byName = name -> {
            E constant = constants.get(name);
            if (constant == null) {
                throw new IllegalArgumentException("%s has no constant '%s'".formatted(type.getName(), name));
            }
            return constant;
        };
        return new ScalarMapper<>(type, TEXT, constant -> ((Enum<?>) constant).name(), byName, true);
    }

    private static <N extends Number> N exact(Long stored, N narrowed) {
        if (narrowed.longValue() != stored) {
            throw new ArithmeticException(
                    "%d does not fit %s".formatted(stored, narrowed.getClass().getSimpleName()));
        }
        return narrowed;
    }

    private static BigInteger toNanos(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(duration.getNano()));
    }

    private static Duration fromNanos(BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
