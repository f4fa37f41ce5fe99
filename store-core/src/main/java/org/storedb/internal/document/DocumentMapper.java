package org.storedb.internal.document;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.ser.LocalDateSerializer;
import tools.jackson.databind.ext.javatime.ser.MonthSerializer;
import tools.jackson.databind.ext.javatime.ser.YearMonthSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The mapper between Java objects and their stored form. Its output is on disk and in indexes, so it is never the
 * mapper that an application configures, and everything that affects the stored form is set here and not left to
 * defaults.
 */
@SuppressWarnings("JavaUtilDate") // Users' classes contain dates.
final class DocumentMapper {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // Classes are instantiated with their empty constructor, whether or not they were compiled with
            // -parameters: fields that older documents lack keep their defaults. Records are not affected.
            .disable(MapperFeature.DETECT_PARAMETER_NAMES)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(module())
            .build();

    private DocumentMapper() {}

    static JsonMapper get() {
        return MAPPER;
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("org.storedb.document");
        module.addSerializer(UUID.class, ToStringSerializer.instance);
        addTemporal(module, Instant.class);
        addTemporal(module, OffsetDateTime.class);
        addTemporal(module, ZonedDateTime.class);
        addTemporal(module, LocalDateTime.class);
        addTemporal(module, LocalTime.class);
        module.addSerializer(LocalDate.class, new CalendarSerializer<>(LocalDate.class, LocalDateSerializer.INSTANCE));
        module.addSerializer(YearMonth.class, new CalendarSerializer<>(YearMonth.class, YearMonthSerializer.INSTANCE));
        module.addSerializer(Month.class, new CalendarSerializer<>(Month.class, MonthSerializer.INSTANCE));
        module.addSerializer(Date.class, new DateSerializer());
        module.addDeserializer(Date.class, new DateDeserializer());
        return module;
    }

    private static <T extends TemporalAccessor> void addTemporal(SimpleModule module, Class<T> type) {
        module.addSerializer(type, new TemporalSerializer<>(type));
    }

    private static final class TemporalSerializer<T extends TemporalAccessor> extends StdScalarSerializer<T> {

        TemporalSerializer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(TemporalText.of(value));
        }
    }

    /** Serializes a day or month as filters compare it. A property with its own format has the order of that format. */
    private static final class CalendarSerializer<T extends TemporalAccessor> extends StdScalarSerializer<T> {

        private final ValueSerializer<T> formatting;

        CalendarSerializer(Class<T> type, ValueSerializer<T> formatting) {
            super(type);
            this.formatting = formatting;
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
            JsonFormat.Value format = findFormatOverrides(context, property, handledType());
            boolean hasShape = format.hasShape() && handledType() != Month.class; // Jackson has none for months.
            return format.hasPattern() || hasShape ? formatting.createContextual(context, property) : this;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(TemporalText.of(value));
        }
    }

    private static final class DateSerializer extends StdScalarSerializer<Date> {

        DateSerializer() {
            super(Date.class);
        }

        @Override
        public void serialize(Date value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(TemporalText.of(Instant.ofEpochMilli(value.getTime())));
        }
    }

    private static final class DateDeserializer extends StdScalarDeserializer<Date> {

        DateDeserializer() {
            super(Date.class);
        }

        @Override
        public Date deserialize(JsonParser parser, DeserializationContext context) {
            return Date.from(context.readValue(parser, Instant.class));
        }
    }
}
