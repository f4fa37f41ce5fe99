package org.storedb.spring.data.core;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.util.ClassUtils;

/** Conversion of a single value to the class that is declared for it, to whole numbers without loss. */
final class ExactConversion {

    private ExactConversion() {}

    /**
     * Converts a value.
     *
     * @param name the name of the value, for messages
     * @throws InvalidDataAccessApiUsageException if that is not possible
     */
    static @Nullable Object convert(
            @Nullable Object value, Class<?> declared, String name, ConversionService conversions) {
        Class<?> target = ClassUtils.resolvePrimitiveIfNecessary(declared);
        if (value == null || target.isInstance(value)) {
            return value == null ? ParameterValueProvider.getDefaultValue(declared) : value;
        }
        try {
            if (value instanceof Number number && isWhole(target)) {
                return conversions.convert(new BigDecimal(number.toString()).toBigIntegerExact(), target);
            }
            if (conversions.canConvert(value.getClass(), target)) {
                return conversions.convert(value, target);
            }
        } catch (ConversionException | ArithmeticException e) {
            throw misfit(value, target, name, e);
        }
        throw misfit(value, target, name, null);
    }

    private static boolean isWhole(Class<?> target) {
        return target == Long.class || target == Integer.class || target == Short.class || target == Byte.class;
    }

    private static InvalidDataAccessApiUsageException misfit(
            Object value, Class<?> target, String name, @Nullable Throwable cause) {
        return new InvalidDataAccessApiUsageException(
                "'%s' is '%s', which is not a valid %s".formatted(name, value, target.getSimpleName()), cause);
    }
}
