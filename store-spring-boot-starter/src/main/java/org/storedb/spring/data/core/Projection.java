package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.util.DirectFieldAccessFallbackBeanWrapper;
import org.springframework.util.ReflectionUtils;
import org.storedb.query.Row;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * A projection of entities to another type. If that type determines which properties it needs, and all of these are
 * fields of the document, only they are read.
 *
 * @param fields the fields read from a document; empty for the entity as a whole
 */
record Projection<T, R>(
        List<Column> fields, Function<? super T, ? extends R> ofEntity, Function<? super Row, ? extends R> ofRow) {

    /** A property and the field it is read from. */
    record Column(String property, QueryField field) {}

    /** Creates the projection from a class of entities. */
    static <T, R> Projection<T, R> of(
            Class<T> type, Class<R> resultType, StoreConverter converter, ProjectionFactory projections) {
        Function<Row, R> noRow = row -> {
            throw new IllegalStateException("entities are read as a whole");
        };
        if (resultType.isAssignableFrom(type)) {
            return new Projection<>(List.of(), resultType::cast, noRow);
        }
        if (type.isAssignableFrom(resultType)) {
            throw new InvalidDataAccessApiUsageException("%s is a %s: ask for entities of this class instead"
                    .formatted(resultType.getSimpleName(), type.getSimpleName()));
        }
        ReturnedType returned = ReturnedType.of(resultType, type, projections);
        List<Column> columns = columns(returned, type, converter);
        if (resultType.isInterface()) {
            List<String> getters = returned.needsCustomConstruction() ? returned.getInputProperties() : List.of();
            requireGetters(getters, resultType, type, converter);
            boolean ofSubclasses = columns.isEmpty() && !getters.stream().allMatch(name -> hasProperty(type, name));
            return new Projection<>(
                    columns,
                    entity ->
                            projections.createProjection(resultType, ofSubclasses ? valuesOf(entity, getters) : entity),
                    row -> projections.createProjection(resultType, values(columns, row)));
        }
        Instantiation<R> instantiation = new ValueConversions(converter, projections)
                .instantiation(converter.codec(type).entity(), TypeInformation.of(resultType));
        return new Projection<>(
                columns,
                entity -> instantiation.create(instantiation.valuesOf(entity)),
                row -> instantiation.create(values(columns, row)));
    }

    /** Requires the properties of plain getters to exist; an expression may compute anything. */
    private static void requireGetters(
            List<String> getters, Class<?> resultType, Class<?> type, StoreConverter converter) {
        for (String name : getters) {
            if (converter.field(type, name) == null && !hasProperty(type, name)) {
                throw doesNotHave(resultType, name, type);
            }
        }
    }

    private static boolean hasProperty(Class<?> type, String name) {
        return BeanUtils.getPropertyDescriptor(type, name) != null || ReflectionUtils.findField(type, name) != null;
    }

    /** Returns the values that an entity has of these properties, some of which only other classes may have. */
    private static Map<String, @Nullable Object> valuesOf(Object entity, List<String> properties) {
        DirectFieldAccessFallbackBeanWrapper wrapper = new DirectFieldAccessFallbackBeanWrapper(entity);
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String name : properties) {
            if (hasProperty(entity.getClass(), name)) {
                values.put(name, wrapper.getPropertyValue(name));
            }
        }
        return values;
    }

    static InvalidDataAccessApiUsageException doesNotHave(Class<?> taker, String name, Class<?> type) {
        return new InvalidDataAccessApiUsageException(
                "%s takes '%s', which %s does not have".formatted(taker.getSimpleName(), name, type.getSimpleName()));
    }

    /** Returns the same projection, of entities that are read as a whole. */
    Projection<T, R> ofWholeEntities() {
        return new Projection<>(List.of(), ofEntity, ofRow);
    }

    boolean readsFields() {
        return !fields.isEmpty();
    }

    /** Returns the paths of the fields that are read. */
    String[] paths() {
        return fields.stream().map(column -> column.field().path()).toArray(String[]::new);
    }

    private static <T> List<Column> columns(ReturnedType returned, Class<T> type, StoreConverter converter) {
        StorePersistentEntity<T> entity = converter.codec(type).entity();
        if (!returned.needsCustomConstruction() || hasOtherProperties(returned, entity, converter)) {
            return List.of();
        }
        List<Column> columns = new ArrayList<>();
        for (String property : returned.getInputProperties()) {
            StorePersistentProperty persistent = entity.getPersistentProperty(property);
            QueryField field = persistent == null ? null : converter.field(type, property);
            if (persistent == null || field == null) {
                return List.of();
            }
            columns.add(new Column(property, field));
        }
        return columns;
    }

    /**
     * Returns whether objects have properties besides the constructor's arguments; an interface needs only the values
     * of its getters.
     */
    private static boolean hasOtherProperties(
            ReturnedType returned, StorePersistentEntity<?> entity, StoreConverter converter) {
        if (returned.getReturnedType().isInterface()) {
            return false;
        }
        for (StorePersistentProperty property :
                converter.getMappingContext().getRequiredPersistentEntity(returned.getReturnedType())) {
            boolean isArgument = returned.getInputProperties().contains(property.getName());
            if (!isArgument && entity.getPersistentProperty(property.getName()) != null) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, @Nullable Object> values(List<Column> columns, Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : columns) {
            values.put(
                    column.property(),
                    column.field().fromStored(row.value(column.field().path())));
        }
        return values;
    }
}
