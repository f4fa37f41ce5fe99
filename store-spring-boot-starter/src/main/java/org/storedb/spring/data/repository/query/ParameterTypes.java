package org.storedb.spring.data.repository.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.convert.FieldPath;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * Check of the types of parameters at startup: rejected is a type none of whose values could be converted for the
 * comparison with the property.
 */
final class ParameterTypes {

    private final StoreQueryMethod method;
    private final StoreConverter converter;
    private final ValueParameters parameters;

    ParameterTypes(StoreQueryMethod method, StoreConverter converter, ValueParameters parameters) {
        this.method = method;
        this.converter = converter;
        this.parameters = parameters;
    }

    /** Rejects a parameter whose values cannot be those of the property or, if that is a collection, of its elements. */
    void requireValue(QueryField field, CheckedCondition condition, int index) {
        Class<?> type = parameters.type(index);
        if (field.isMultiValued() && parameters.isSeveral(index) && type != field.singleType()) {
            requireElements(field, condition, index);
        } else if (!field.mayBeComparedWith(type)) {
            String hint = Collection.class.isAssignableFrom(type) && !field.isMultiValued()
                    ? "for several values, use " + condition.forSeveral()
                    : hint(field, condition, type);
            throw unfit("is a " + type.getTypeName(), field, condition, index, hint);
        }
    }

    /** Rejects a collection, an array or a range whose elements cannot be values of the property or of its elements. */
    void requireElements(QueryField field, CheckedCondition condition, int index) {
        Class<?> type = parameters.elementType(index);
        if (!field.mayBeComparedWith(type)) {
            throw unfit(
                    "has elements of type " + type.getTypeName(),
                    field,
                    condition,
                    index,
                    hint(field, condition, type));
        }
    }

    private String hint(QueryField field, CheckedCondition condition, Class<?> type) {
        return comparableProperty(field, condition.path(), type)
                .map(condition::with)
                .orElse("declare it with that type");
    }

    /** Returns the path of a property of the compared object that the parameter fits, preferably one of its own type. */
    private Optional<String> comparableProperty(QueryField field, String path, Class<?> type) {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        return field.properties().stream()
                .map(name -> path + '.' + name)
                .filter(candidate -> typeOf(candidate)
                        .filter(found -> found.mayBeComparedWith(boxed))
                        .isPresent())
                .min(Comparator.comparing(candidate -> typeOf(candidate)
                        .filter(found -> found.singleType() == boxed)
                        .isEmpty()));
    }

    private Optional<QueryField> typeOf(String path) {
        return Optional.ofNullable(converter.fieldPath(method.getEntityType(), path))
                .map(FieldPath::field);
    }

    private IllegalArgumentException unfit(
            String what, QueryField field, CheckedCondition condition, int index, String hint) {
        return condition.unsupported("its parameter %s %s, which cannot be compared with the %s %s; %s"
                .formatted(
                        parameters.name(index),
                        what,
                        field.isMultiValued() ? "elements of the property, of type" : "property, a",
                        field.singleType().getTypeName(),
                        hint));
    }
}
