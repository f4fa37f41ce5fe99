package org.storedb.spring.data.repository.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.support.ExampleMatcherAccessor;
import org.springframework.util.ClassUtils;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Factory of filters from the values of a probe. Nested objects are compared property by property, and by their class
 * if it differs from the declared one. A collection matches entities that have all its elements; an empty collection or
 * map adds no condition. The version is never compared.
 */
final class ExampleFilters {

    private final StoreConverter converter;
    private final Class<?> type;
    private final ExampleMatcherAccessor matcher;
    private final boolean matchesAll;
    private final List<Filter> conditions = new ArrayList<>();
    private final Set<Object> enclosing = Collections.newSetFromMap(new IdentityHashMap<>());

    private ExampleFilters(StoreConverter converter, Class<?> type, ExampleMatcher matcher) {
        this.converter = converter;
        this.type = type;
        this.matcher = new ExampleMatcherAccessor(matcher);
        this.matchesAll = matcher.isAllMatching();
    }

    /**
     * Returns the filter, with the names and values used in documents.
     *
     * @throws InvalidDataAccessApiUsageException if a value does not fit its property
     */
    static Filter filter(Example<?> example, Class<?> type, StoreConverter converter) {
        ExampleFilters filters = new ExampleFilters(converter, type, example.getMatcher());
        filters.collect(example.getProbe(), converter.codec(type).entity(), "");
        return filters.matchesAll || filters.conditions.isEmpty()
                ? new Filter.And(filters.conditions)
                : new Filter.Or(filters.conditions);
    }

    private void collect(Object probe, StorePersistentEntity<?> entity, String prefix) {
        if (!enclosing.add(probe)) {
            throw new InvalidDataAccessApiUsageException(
                    "The probe contains itself in '%s'; have the matcher ignore this path, or leave it out"
                            .formatted(prefix.substring(0, prefix.length() - 1)));
        }
        PersistentPropertyAccessor<Object> accessor = entity.getPropertyAccessor(probe);
        for (StorePersistentProperty property : entity) {
            String path = prefix + property.getName();
            if (!matcher.isIgnoredPath(path) && !entity.isVersionProperty(property)) {
                add(property, path, accessor.getProperty(property));
            }
        }
        enclosing.remove(probe);
    }

    private void add(StorePersistentProperty property, String path, @Nullable Object probed) {
        Object present = probed instanceof Optional<?> optional ? optional.orElse(null) : probed;
        Object value = matcher.getValueTransformerForPath(path)
                .apply(Optional.ofNullable(present))
                .orElse(null);
        QueryField field = Objects.requireNonNull(converter.field(type, path));
        if (value == null) {
            boolean isOwnId = path.equals(converter.codec(type).idProperty().getName()); // No stored entity lacks it.
            if (matcher.getNullHandler() == ExampleMatcher.NullHandler.INCLUDE && !isOwnId) {
                conditions.add(Filter.isNull(field.path()));
            }
            return;
        }
        StorePersistentEntity<?> declared = nestedEntity(property, field);
        if (declared != null && declared.getType().isInstance(value)) {
            addNested(field, path, value, declared);
        } else if (!isMissingId(property, value)) {
            addCondition(field, path, value);
        }
    }

    private void addNested(QueryField field, String path, Object value, StorePersistentEntity<?> declared) {
        StoreMappingContext entities = converter.getMappingContext();
        Class<?> valueType = ClassUtils.getUserClass(value);
        Optional<StorePersistentEntity<?>> subclass = entities.getSubclasses(declared.getType()).stream()
                .filter(each -> each.getType() == valueType)
                .findFirst();
        int first = conditions.size();
        collect(value, subclass.orElse(declared), path + '.');
        subclass.ifPresent(own -> addClass(
                Filter.in(field.path() + '.' + StorePersistentEntity.TYPE_FIELD, entities.getAliases(own)), first));
    }

    /** Adds a condition on its class to those on a nested object, which start at {@code first}. */
    private void addClass(Filter isOfClass, int first) {
        List<Filter> ofObject = conditions.subList(first, conditions.size());
        if (matchesAll || ofObject.isEmpty()) {
            ofObject.add(isOfClass);
        } else {
            ofObject.replaceAll(isOfClass::and);
        }
    }

    /**
     * Returns the entity whose properties are compared; {@code null} for a value that is compared as a whole, such as a
     * reference.
     */
    private @Nullable StorePersistentEntity<?> nestedEntity(StorePersistentProperty property, QueryField field) {
        return field.hasProperties() ? converter.getMappingContext().getPersistentEntity(property) : null;
    }

    /** Returns whether an id is missing; a primitive id of 0 counts as missing. */
    private static boolean isMissingId(StorePersistentProperty property, Object value) {
        return property.isIdProperty()
                && property.getType().isPrimitive()
                && value instanceof Number number
                && number.longValue() == 0;
    }

    private void addCondition(QueryField field, String path, Object value) {
        if (field.isMultiValued()
                && (value instanceof Collection || value.getClass().isArray())) {
            addElements(field, path, value);
        } else if (value instanceof String text && field.isText()) {
            conditions.add(textCondition(field, path, text));
        } else if (!(value instanceof Map<?, ?> map && map.isEmpty())) {
            conditions.add(Filter.eq(field.path(), field.toStored(value)));
        }
    }

    private void addElements(QueryField field, String path, Object values) {
        for (Object element : field.elementsToStored(values)) {
            if (element == null) {
                throw new InvalidDataAccessApiUsageException(
                        "'%s' of the probe has a null element, which cannot be searched for; leave it out"
                                .formatted(path));
            }
            conditions.add(Filter.hasElement(field.path(), element));
        }
    }

    private Filter textCondition(QueryField field, String path, String text) {
        String stored = field.textToStored(text);
        Filter condition = switch (matcher.getStringMatcherForPath(path)) {
            case DEFAULT, EXACT -> Filter.eq(field.path(), stored);
            case STARTING -> Filter.startsWith(field.path(), stored);
            case ENDING -> Filter.endsWith(field.path(), stored);
            case CONTAINING -> Filter.contains(field.path(), stored);
            case REGEX -> Filter.matches(field.path(), text);
        };
        return matcher.isIgnoreCaseForPath(path) ? condition.ignoringCase() : condition;
    }
}
