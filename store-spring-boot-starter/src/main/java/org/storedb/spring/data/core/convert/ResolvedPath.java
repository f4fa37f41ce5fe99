package org.storedb.spring.data.core.convert;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;

/**
 * The field that a path in a query leads to.
 *
 * @param arrays the fields of the collections on the path, each relative to an element of the previous one
 * @param field the path of the field, relative to an element of the innermost collection
 * @param value the mapper of the field's values
 * @param type the declared type of the values
 */
record ResolvedPath(List<String> arrays, String field, ValueMapper value, TypeInformation<?> type) {

    /**
     * Resolves a path of property names; a name that is not that of a property may be that of a field.
     *
     * @return the field, or {@code null} if there is none
     */
    static @Nullable ResolvedPath ofProperties(ObjectMapper root, String path) {
        return resolve(root, path, (object, name) -> {
            PropertyMapper property = object.property(name);
            return property == null ? object.propertyByField(name) : property;
        });
    }

    /**
     * Resolves a path of field names.
     *
     * @return the field, or {@code null} if there is none
     */
    static @Nullable ResolvedPath ofFields(ObjectMapper root, String path) {
        return resolve(root, path, ObjectMapper::propertyByField);
    }

    boolean isInElements() {
        return !arrays.isEmpty();
    }

    private static @Nullable ResolvedPath resolve(ObjectMapper root, String path, PropertyLookup lookup) {
        ResolvedPath reached = new ResolvedPath(List.of(), "", root, TypeInformation.of(root.type()));
        String[] names = path.split("\\.", -1);
        for (int at = 0; at < names.length; at++) {
            reached = reached.next(names[at], at == names.length - 1, lookup);
            if (reached == null) {
                return null;
            }
        }
        boolean isWholeId = names.length == 1 && reached.value instanceof CompositeIdMapper;
        return isWholeId ? reached.in(StoreIds.FIELD, reached.value, reached.type) : reached;
    }

    private @Nullable ResolvedPath next(String name, boolean isLast, PropertyLookup lookup) {
        ValueMapper container = value instanceof OptionalMapper optional ? optional.content() : value;
        return container instanceof MultiValueMapper several
                ? inElement().next(several.element(), name, isLast, lookup)
                : next(container, name, isLast, lookup);
    }

    private @Nullable ResolvedPath next(ValueMapper container, String name, boolean isLast, PropertyLookup lookup) {
        if (container instanceof ObjectMapper object) {
            return property(lookup.find(object, name));
        }
        if (container instanceof CompositeIdMapper id) {
            return property(lookup.find(id.parts(), name));
        }
        if (container instanceof ReferenceMapper reference) {
            PropertyMapper id = reference.ifId(name);
            // Only the id is stored there, a composite one as a single text.
            return id != null && isLast ? in(field, id.value(), id.property().getTypeInformation()) : null;
        }
        if (container instanceof MapMapper map) {
            TypeInformation<?> valueType = type.getMapValueType();
            return in(inside(name), map.value(), valueType == null ? TypeInformation.OBJECT : valueType);
        }
        return container instanceof PlainMapper ? in(inside(name), container, TypeInformation.OBJECT) : null;
    }

    private ResolvedPath inElement() {
        return new ResolvedPath(Stream.concat(arrays.stream(), Stream.of(field)).toList(), "", value, type);
    }

    private @Nullable ResolvedPath property(@Nullable PropertyMapper property) {
        return property == null
                ? null
                : in(
                        inside(property.fieldName()),
                        property.value(),
                        property.property().getTypeInformation());
    }

    private ResolvedPath in(String newField, ValueMapper newValue, TypeInformation<?> newType) {
        return new ResolvedPath(arrays, newField, newValue, newType);
    }

    private String inside(String name) {
        return field.isEmpty() ? name : field + '.' + name;
    }

    private interface PropertyLookup {
        @Nullable
        PropertyMapper find(ObjectMapper object, String name);
    }
}
