package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Mapper of a property with its own converter ({@code @ValueConverter}), which may produce anything that a document can
 * hold.
 */
final class ValueConverterMapper implements ValueMapper {

    private final PropertyValueConverter<Object, Object, ValueConversionContext<StorePersistentProperty>> converter;
    private final StorePersistentProperty property;
    private final Class<?> storedType;

    private ValueConverterMapper(
            PropertyValueConverter<Object, Object, ValueConversionContext<StorePersistentProperty>> converter,
            StorePersistentProperty property) {
        this.converter = converter;
        this.property = property;
        this.storedType = ResolvableType.forClass(converter.getClass())
                .as(PropertyValueConverter.class)
                .getGeneric(1)
                .resolve(Object.class);
    }

    static ValueConverterMapper of(StoreCustomConversions conversions, StorePersistentProperty property) {
        return new ValueConverterMapper(conversions.getRequiredValueConverter(property), property);
    }

    @Override
    public void write(Object value, DocumentWriter writer) {
        writer.writeValue(toPlain(value));
    }

    @Override
    public @Nullable Object read(DocumentValue value) {
        Object plain = asDeclared(value.toObject());
        return plain == null ? converter.readNull(this::property) : converter.read(plain, this::property);
    }

    /** Converts a number to the type that the converter declares: documents do not distinguish types of numbers. */
    private @Nullable Object asDeclared(@Nullable Object plain) {
        return plain instanceof Number number && isKindOfNumber(storedType)
                ? NumberUtils.convertNumberToTargetClass(number, storedType.asSubclass(Number.class))
                : plain;
    }

    private static boolean isKindOfNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) && type != Number.class;
    }

    @Override
    public Object toPlain(Object value) {
        Object plain = converter.write(value, this::property);
        if (plain == null) {
            throw new IllegalStateException("its converter returned null for '%s'".formatted(value));
        }
        ScalarMapper<?, ?> scalar = ScalarMappers.of(plain.getClass());
        return scalar == null ? plain : scalar.toPlain(plain);
    }

    private StorePersistentProperty property() {
        return property;
    }

    @Override
    public FieldType fieldType() {
        return FieldType.ANY;
    }

    @Override
    public boolean accepts(Object value) {
        return ClassUtils.isAssignableValue(property.getType(), value);
    }
}
