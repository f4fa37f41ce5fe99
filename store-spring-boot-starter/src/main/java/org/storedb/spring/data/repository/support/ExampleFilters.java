package org.storedb.spring.data.repository.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.support.ExampleMatcherAccessor;
import org.springframework.util.ObjectUtils;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Makes a filter of the values of a probe. Nested objects are compared property by property. A collection asks for
 * entities that have all its elements, an empty one or an empty map for nothing; the version is never compared.
 */
final class ExampleFilters {

    private final StoreConverter converter;
    private final Class<?> type;
    private final ExampleMatcherAccessor matcher;
    private final List<Filter> conditions = new ArrayList<>();

    private ExampleFilters(StoreConverter converter, Class<?> type, ExampleMatcher matcher) {
        this.converter = converter;
        this.type = type;
        this.matcher = new ExampleMatcherAccessor(matcher);
    }

    /**
     * The filter, with the names and values that documents have.
     *
     * @throws InvalidDataAccessApiUsageException if a value does not fit its property
     */
    static Filter filter(Example<?> example, Class<?> type, StoreConverter converter) {
        ExampleMatcher matcher = example.getMatcher();
        ExampleFilters filters = new ExampleFilters(converter, type, matcher);
        filters.collect(example.getProbe(), converter.codec(type).entity(), "");
        return matcher.isAllMatching() || filters.conditions.isEmpty()
                ? new Filter.And(filters.conditions)
                : new Filter.Or(filters.conditions);
    }

    private void collect(Object probe, StorePersistentEntity<?> entity, String prefix) {
        PersistentPropertyAccessor<Object> accessor = entity.getPropertyAccessor(probe);
        for (StorePersistentProperty property : entity) {
            String path = prefix + property.getName();
            if (!matcher.isIgnoredPath(path) && !entity.isVersionProperty(property)) {
                add(property, path, accessor.getProperty(property));
            }
        }
    }

    private void add(StorePersistentProperty property, String path, @Nullable Object probed) {
        Object present = probed instanceof Optional<?> optional ? optional.orElse(null) : probed;
        Object value = matcher.getValueTransformerForPath(path)
                .apply(Optional.ofNullable(present))
                .orElse(null);
        QueryField field = Objects.requireNonNull(converter.field(type, path));
        if (value == null) {
            if (matcher.getNullHandler() == ExampleMatcher.NullHandler.INCLUDE) {
                conditions.add(Filter.isNull(field.path()));
            }
            return;
        }
        StorePersistentEntity<?> nested = nestedEntity(property);
        if (nested != null && nested.getType().isInstance(value)) {
            collect(value, nested, path + '.');
        } else if (!isMissingId(property, value)) {
            addCondition(field, path, value);
        }
    }

    private @Nullable StorePersistentEntity<?> nestedEntity(StorePersistentProperty property) {
        return property.isEntity() && !property.isCollectionLike() && !property.isMap()
                ? converter.getMappingContext().getPersistentEntity(property)
                : null;
    }

    /** A primitive id of 0 stands for none. */
    private static boolean isMissingId(StorePersistentProperty property, Object value) {
        return property.isIdProperty()
                && property.getType().isPrimitive()
                && value instanceof Number number
                && number.longValue() == 0;
    }

    private void addCondition(QueryField field, String path, Object value) {
        if (field.isMultiValued()
                && (value instanceof Collection || value.getClass().isArray())) {
            elements(value)
                    .forEach(element -> conditions.add(Filter.hasElement(
                            field.path(), field.elementToStored(element, converter.getConversionService()))));
        } else if (value instanceof String text && field.isText()) {
            conditions.add(textCondition(field, path, text));
        } else if (!(value instanceof Map<?, ?> map && map.isEmpty())) {
            conditions.add(Filter.eq(field.path(), field.toStored(value, converter.getConversionService())));
        }
    }

    private static List<Object> elements(Object values) {
        return values instanceof Collection<?> collection
                ? List.copyOf(collection)
                : Arrays.asList(ObjectUtils.toObjectArray(values));
    }

    private Filter textCondition(QueryField field, String path, String text) {
        Filter condition = switch (matcher.getStringMatcherForPath(path)) {
            case DEFAULT, EXACT -> Filter.eq(field.path(), text);
            case STARTING -> Filter.startsWith(field.path(), text);
            case ENDING -> Filter.endsWith(field.path(), text);
            case CONTAINING -> Filter.contains(field.path(), text);
            case REGEX -> Filter.matches(field.path(), text);
        };
        return matcher.isIgnoreCaseForPath(path) ? condition.ignoringCase() : condition;
    }
}
