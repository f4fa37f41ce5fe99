package org.storedb.spring.data.core.convert;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;
import org.storedb.document.FieldType;
import org.storedb.query.GeoPoint;

/**
 * Conversion of the values that a field is compared with, or set to, to their stored form.
 *
 * @param path the path of the field, for messages
 * @param javaType the class of the field's values, for messages
 */
record OperandConversion(String path, Class<?> javaType, ConversionService conversions) {

    /** Returns the stored forms of several values, which may be those of an array. */
    static List<@Nullable Object> each(Object values, UnaryOperator<Object> toStored) {
        List<@Nullable Object> stored = new ArrayList<>();
        if (values instanceof Iterable<?> iterable) {
            for (Object value : iterable) {
                stored.add(elementToStored(value, toStored));
            }
        } else if (values.getClass().isArray()) {
            for (int index = 0; index < Array.getLength(values); index++) {
                stored.add(elementToStored(Array.get(values, index), toStored));
            }
        } else {
            stored.add(toStored.apply(values));
        }
        return stored;
    }

    private static @Nullable Object elementToStored(@Nullable Object element, UnaryOperator<Object> toStored) {
        Object value = ObjectUtils.unwrapOptional(element);
        return value == null ? null : toStored.apply(value);
    }

    /** Returns the stored form of an element. */
    Object elementToStored(Object element, MultiValueMapper several) {
        Class<?> elementType = ClassUtils.resolvePrimitiveIfNecessary(several.elementType());
        return toStored(element, several.element(), elementType);
    }

    /**
     * Returns the stored form of a value.
     *
     * @param target the mapper of the values that it is compared with
     * @param targetType the class of these values
     */
    Object toStored(Object value, ValueMapper target, Class<?> targetType) {
        if (target.accepts(value)) {
            return fittingToStored(value, target);
        }
        if (target instanceof ValueClassMapper boxed) { // Query methods take the value itself.
            Class<?> valueType =
                    ClassUtils.resolvePrimitiveIfNecessary(boxed.type().valueType());
            return toStored(value, boxed.value(), valueType);
        }
        if (value instanceof Number number && target.fieldType() == FieldType.NUMBER) {
            return plainNumber(number);
        }
        Object converted = convert(value, targetType);
        if (converted == null || !target.accepts(converted)) {
            throw misfit(value, null);
        }
        return fittingToStored(converted, target);
    }

    /**
     * Returns whether {@link #toStored} may accept objects of a class or its subclasses: false only if it rejects all of
     * them.
     *
     * @param type the class, boxed
     */
    boolean mayAccept(Class<?> type, ValueMapper target, Class<?> targetType) {
        if (type.isAssignableFrom(targetType) || targetType.isAssignableFrom(type) || acceptsOthers(target, type)) {
            return true;
        }
        if (target instanceof ValueClassMapper boxed) {
            Class<?> valueType =
                    ClassUtils.resolvePrimitiveIfNecessary(boxed.type().valueType());
            return mayAccept(type, boxed.value(), valueType);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return targetType.isInterface(); // A class may implement both.
        }
        if (isAbstract(type)) {
            return true; // A subclass may fit.
        }
        if (Number.class.isAssignableFrom(type) && target.fieldType() == FieldType.NUMBER) {
            return ScalarMappers.of(type) != null;
        }
        return conversions.canConvert(type, targetType);
    }

    /** Returns whether a mapper accepts objects of a class that is not the one of its values. */
    private static boolean acceptsOthers(ValueMapper target, Class<?> type) {
        if (target instanceof MultiValueMapper) {
            return Collection.class.isAssignableFrom(type) || type.isArray();
        }
        if (target instanceof MapMapper) {
            return Map.class.isAssignableFrom(type);
        }
        if (target instanceof PointMapper) {
            return type == GeoPoint.class;
        }
        return target instanceof PlainMapper || target instanceof OptionalMapper;
    }

    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) && !type.isArray() && !type.isEnum();
    }

    /**
     * Returns the stored form of a value whose own class fits; what it contains may be of another class than the
     * declared one.
     */
    private Object fittingToStored(Object value, ValueMapper target) {
        if (target instanceof MultiValueMapper several) {
            return each(value, element -> elementToStored(element, several));
        }
        try {
            return target.toPlain(value);
        } catch (ClassCastException e) {
            throw misfit(value, e);
        }
    }

    private @Nullable Object convert(Object value, Class<?> targetType) {
        if (value instanceof Collection || !conversions.canConvert(value.getClass(), targetType)) {
            return null;
        }
        try {
            return conversions.convert(value, targetType);
        } catch (ConversionException e) {
            throw misfit(value, e);
        }
    }

    private Object plainNumber(Number number) {
        ScalarMapper<?, ?> scalar = ScalarMappers.of(number.getClass());
        if (scalar == null) {
            throw misfit(number, null);
        }
        return scalar.toPlain(number);
    }

    /**
     * Verifies a number: any number can be compared with another, but not every one is a value of the property.
     *
     * @throws InvalidDataAccessApiUsageException if the property could not be read from it
     */
    Object assignable(Object value, Object stored, ValueMapper target) {
        if (stored instanceof Number && target.fieldType() == FieldType.NUMBER) {
            try {
                target.verify(new PlainValue(stored));
            } catch (RuntimeException e) {
                throw new InvalidDataAccessApiUsageException(
                        "'%s' cannot be set to the %s '%s': %s"
                                .formatted(path, value.getClass().getSimpleName(), value, e.getMessage()),
                        e);
            }
        }
        return stored;
    }

    private InvalidDataAccessApiUsageException misfit(Object value, @Nullable Throwable cause) {
        return new InvalidDataAccessApiUsageException(
                "'%s' is a %s and cannot be compared with the %s '%s'"
                        .formatted(
                                path, javaType.getSimpleName(), value.getClass().getSimpleName(), value),
                cause);
    }
}
