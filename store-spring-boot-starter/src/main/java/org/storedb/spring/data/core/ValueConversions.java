package org.storedb.spring.data.core;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.CollectionFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.projection.ProjectionInformation;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.core.mapping.StoreSimpleTypes;

/**
 * Conversions of values to what a projection declares for them: another kind of number, text for an enum, an object
 * with some of the properties, and the same inside optionals, collections, arrays and maps. Created for one projection;
 * not thread-safe.
 */
final class ValueConversions {

    private final StoreConverter converter;
    private final ProjectionFactory projections;
    private final ConversionService conversions;
    private final Map<List<TypeInformation<?>>, Instantiation<?>> instantiations = new HashMap<>();

    ValueConversions(StoreConverter converter, ProjectionFactory projections) {
        this.converter = converter;
        this.projections = projections;
        this.conversions = converter.getConversionService();
    }

    /** A conversion of values of one type to another type. */
    interface Conversion {

        @Nullable
        Object convert(@Nullable Object value);
    }

    /** Returns what instantiates a class from objects of another one, by the names of their properties. */
    <R> Instantiation<R> instantiation(StorePersistentEntity<?> source, TypeInformation<R> type) {
        Instantiation<R> instantiation = new Instantiation<>(type, converter);
        // Registered before its parts are known, since one of these may lead back to it.
        instantiations.put(List.of(source.getTypeInformation(), type), instantiation);
        for (String name : instantiation.parameters()) {
            if (typeOf(name, source) == null) {
                throw Projection.doesNotHave(type.getType(), name, source.getType());
            }
        }
        instantiation.convertFrom(name -> typeOf(name, source), this);
        return instantiation;
    }

    /** Returns the type of a property of a class or, if the class does not have it, of the first subclass that does. */
    private @Nullable TypeInformation<?> typeOf(String name, StorePersistentEntity<?> source) {
        StorePersistentProperty own = source.getPersistentProperty(name);
        if (own != null) {
            return own.getTypeInformation();
        }
        for (StorePersistentEntity<?> subclass : converter.getMappingContext().getSubclasses(source.getType())) {
            StorePersistentProperty property = subclass.getPersistentProperty(name);
            if (property != null) {
                return property.getTypeInformation();
            }
        }
        return null;
    }

    /**
     * Returns the conversion from one declared type to another one; {@code null} if there is none.
     *
     * @param name the name of the value, for messages
     */
    @Nullable
    Conversion between(TypeInformation<?> source, TypeInformation<?> target, String name) {
        if (isAssignable(source, target)) {
            return single(target, name);
        }
        if (isOptional(source) || isOptional(target)) {
            return ofOptional(source, target, name);
        }
        if (isCollection(source) && isCollection(target)) {
            return ofElements(source, target, name);
        }
        if (source.isMap() && target.isMap()) {
            return ofEntries(source, target, name);
        }
        boolean isConvertible = target.getTypeArguments().isEmpty()
                && (source.getType().isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(target.getType()))
                        || conversions.canConvert(source.toTypeDescriptor(), target.toTypeDescriptor()));
        return isConvertible ? single(target, name) : ofObject(source, target);
    }

    private static boolean isAssignable(TypeInformation<?> source, TypeInformation<?> target) {
        Class<?> type = target.getType();
        if (!ClassUtils.isAssignable(type, source.getType())) {
            return false;
        }
        return type.getTypeParameters().length == 0
                || isSame(source, target)
                || resolvable(target).isAssignableFrom(resolvable(source));
    }

    /**
     * Returns whether types are certainly the same. Called by each query, so it does without {@link ResolvableType}s.
     */
    private static boolean isSame(@Nullable TypeInformation<?> one, @Nullable TypeInformation<?> other) {
        if (one == null || other == null || one.getType() != other.getType()) {
            return one == other;
        }
        int parameters = one.getType().getTypeParameters().length;
        boolean isContainer = one.getType().isArray()
                || (one.isMap() ? parameters == 2 : parameters == 1 && (isCollection(one) || isOptional(one)));
        return isContainer
                ? isSame(one.getComponentType(), other.getComponentType())
                        && isSame(one.getMapValueType(), other.getMapValueType())
                : parameters == 0;
    }

    private static ResolvableType resolvable(TypeInformation<?> type) {
        return type.toTypeDescriptor().getResolvableType();
    }

    private static boolean isOptional(TypeInformation<?> type) {
        return type.getType() == Optional.class;
    }

    private static boolean isCollection(TypeInformation<?> type) {
        return type.getType().isArray() || Iterable.class.isAssignableFrom(type.getType());
    }

    private Conversion single(TypeInformation<?> target, String name) {
        Class<?> type = target.getType();
        return value -> ExactConversion.convert(value, type, name, conversions);
    }

    private @Nullable Conversion ofOptional(TypeInformation<?> source, TypeInformation<?> target, String name) {
        Conversion content = between(
                isOptional(source) ? elementOf(source) : source, isOptional(target) ? elementOf(target) : target, name);
        if (content == null) {
            return null;
        }
        Conversion unwrapped =
                value -> content.convert(value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return isOptional(target) ? value -> Optional.ofNullable(unwrapped.convert(value)) : unwrapped;
    }

    private static TypeInformation<?> elementOf(TypeInformation<?> type) {
        return orAny(type.getComponentType());
    }

    private static TypeInformation<?> orAny(@Nullable TypeInformation<?> type) {
        return type == null ? TypeInformation.OBJECT : type;
    }

    private @Nullable Conversion ofElements(TypeInformation<?> source, TypeInformation<?> target, String name) {
        Class<?> elementType = elementOf(target).getType();
        Conversion element = between(elementOf(source), elementOf(target), name);
        if (element == null || !canHold(target.getType(), elementType)) {
            return null;
        }
        return value -> value == null ? null : collected(value, element, target.getType(), elementType);
    }

    private static boolean canHold(Class<?> type, Class<?> elementType) {
        try {
            return type.isArray() || emptyCollection(type, elementType, 0).isEmpty();
        } catch (IllegalArgumentException e) {
            return false; // There is no known way to create one.
        }
    }

    private static Collection<@Nullable Object> emptyCollection(Class<?> type, Class<?> elementType, int capacity) {
        return type.isAssignableFrom(ArrayList.class)
                ? new ArrayList<>(capacity)
                : CollectionFactory.createCollection(type, elementType, capacity);
    }

    private static Object collected(Object values, Conversion element, Class<?> type, Class<?> elementType) {
        List<@Nullable Object> converted = new ArrayList<>();
        if (values instanceof Iterable<?> iterable) {
            iterable.forEach(value -> converted.add(element.convert(value)));
        } else {
            for (int at = 0; at < Array.getLength(values); at++) {
                converted.add(element.convert(Array.get(values, at)));
            }
        }
        if (!type.isArray()) {
            Collection<@Nullable Object> collection = emptyCollection(type, elementType, converted.size());
            collection.addAll(converted);
            return collection;
        }
        Object array = Array.newInstance(elementType, converted.size());
        for (int at = 0; at < converted.size(); at++) {
            Array.set(array, at, converted.get(at));
        }
        return array;
    }

    private @Nullable Conversion ofEntries(TypeInformation<?> source, TypeInformation<?> target, String name) {
        TypeInformation<?> keyType = elementOf(target);
        Conversion key = between(elementOf(source), keyType, name);
        Conversion value = between(orAny(source.getMapValueType()), orAny(target.getMapValueType()), name);
        if (key == null || value == null) {
            return null;
        }
        return map -> {
            if (map == null) {
                return null;
            }
            Map<?, ?> entries = (Map<?, ?>) map;
            Map<@Nullable Object, @Nullable Object> converted =
                    CollectionFactory.createMap(target.getType(), keyType.getType(), entries.size());
            entries.forEach((k, v) -> converted.put(key.convert(k), value.convert(v)));
            return converted;
        };
    }

    private @Nullable Conversion ofObject(TypeInformation<?> source, TypeInformation<?> target) {
        StorePersistentEntity<?> entity = converter.getMappingContext().getPersistentEntity(source);
        Class<?> type = target.getType();
        if (entity == null
                || StoreSimpleTypes.HOLDER.isSimpleType(type)
                || type.getName().startsWith("java.")) {
            return null;
        }
        if (type.isInterface()) {
            requireGetters(type, entity);
            return value -> value == null ? null : projections.createProjection(type, converter.entityBehind(value));
        }
        Instantiation<?> known = instantiations.get(List.of(entity.getTypeInformation(), target));
        Instantiation<?> instantiation = known == null ? instantiation(entity, target) : known;
        return value ->
                value == null ? null : instantiation.create(instantiation.valuesOf(converter.entityBehind(value)));
    }

    private void requireGetters(Class<?> type, StorePersistentEntity<?> source) {
        ProjectionInformation information = projections.getProjectionInformation(type);
        if (!information.isClosed()) {
            return;
        }
        for (var getter : information.getInputProperties()) {
            String name = getter.getName();
            if (typeOf(name, source) == null && BeanUtils.getPropertyDescriptor(source.getType(), name) == null) {
                throw Projection.doesNotHave(type, name, source.getType());
            }
        }
    }
}
