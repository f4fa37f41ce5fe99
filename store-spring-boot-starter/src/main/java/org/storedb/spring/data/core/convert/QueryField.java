package org.storedb.spring.data.core.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;
import org.storedb.document.FieldType;
import org.storedb.query.Filter;

/** A property as used in queries: the path of its field, and the stored form of values to compare it with. */
public final class QueryField {

    private final String path;
    private final ValueMapper mapper;
    private final TypeInformation<?> typeInformation;
    private final Class<?> javaType;
    private final @Nullable Object absent;
    private final ConversionService conversions;
    private final OperandConversion operands;

    QueryField(ResolvedPath resolved, ConversionService conversions) {
        this(resolved.field(), resolved.value(), resolved.type(), conversions);
    }

    private QueryField(String path, ValueMapper mapper, TypeInformation<?> type, ConversionService conversions) {
        Class<?> declaredType = type.getType();
        this.path = path;
        this.typeInformation = type;
        this.absent =
                declaredType.isPrimitive() ? ParameterValueProvider.getDefaultValue(declaredType) : mapper.absent();
        this.mapper = mapper instanceof OptionalMapper optional ? optional.content() : mapper;
        this.javaType = this.mapper instanceof ScalarMapper<?, ?> scalar
                ? scalar.type()
                : ClassUtils.resolvePrimitiveIfNecessary(valueType(type, mapper));
        this.conversions = conversions;
        this.operands = new OperandConversion(path, this.javaType, conversions);
    }

    private static Class<?> valueType(TypeInformation<?> declared, ValueMapper mapper) {
        TypeInformation<?> content = mapper instanceof OptionalMapper ? declared.getComponentType() : declared;
        return content == null ? Object.class : content.getType();
    }

    /** Resolves a path of properties, or of fields; {@code null} if it leads to nothing, or into elements. */
    static @Nullable QueryField of(ObjectMapper root, String path, ConversionService conversions) {
        ResolvedPath resolved = ResolvedPath.ofProperties(root, path);
        return resolved == null || resolved.isInElements() ? null : new QueryField(resolved, conversions);
    }

    /** Returns a column of rows that are not documents, with plain values. */
    public static QueryField ofAnyType(String name, ConversionService conversions) {
        return new QueryField(name, PlainMapper.INSTANCE, TypeInformation.OBJECT, conversions);
    }

    /** Returns the name of the field that stores the value of a map at this key. */
    public static String nameOfKey(Object key) {
        ScalarMapper<?, ?> mapper =
                ScalarMappers.of(key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass());
        return mapper == null ? key.toString() : mapper.toPlain(key).toString();
    }

    /** Returns the same values as a column with this name. */
    public QueryField at(String name) {
        return new QueryField(name, mapper, typeInformation, conversions);
    }

    /** Returns the same values, but null for a missing one, even if it is the default value of a primitive property. */
    public QueryField nullable() {
        Class<?> type = typeInformation.getType();
        return type.isPrimitive()
                ? new QueryField(
                        path, mapper, TypeInformation.of(ClassUtils.resolvePrimitiveIfNecessary(type)), conversions)
                : this;
    }

    /** Returns the names of the fields, separated by dots. */
    public String path() {
        return path;
    }

    public FieldType type() {
        return mapper.fieldType();
    }

    /** Returns the declared type of the property. */
    public TypeInformation<?> typeInformation() {
        return typeInformation;
    }

    /** Returns whether stored values have the same order as the Java values. */
    public boolean isOrdered() {
        return mapper.isOrdered();
    }

    /**
     * Returns why values are not {@linkplain #isOrdered ordered}, for messages.
     *
     * @param property the name of the field in messages
     */
    public String whyUnordered(String property) {
        if (!(mapper instanceof CompositeIdMapper id) || !path.equals(StoreIds.FIELD)) {
            return "its stored values have no order";
        }
        return "an id of several parts has no order as a whole; name its parts, such as '%s.%s'"
                .formatted(property, id.lastPart());
    }

    /** Returns whether the field holds several values. */
    public boolean isMultiValued() {
        return mapper instanceof MultiValueMapper;
    }

    /** Returns whether the field holds several values in no particular order. */
    public boolean isSet() {
        return isMultiValued() && Set.class.isAssignableFrom(javaType);
    }

    /** Returns whether the field holds the id of another entity, or the ids of several. */
    public boolean isReference() {
        return singleMapper() instanceof ReferenceMapper;
    }

    /** Returns whether the field holds values by keys. */
    public boolean isMap() {
        return mapper instanceof MapMapper;
    }

    /** Returns whether the value may be a location: it is stored as an object or an array, or this is unknown. */
    public boolean mayBePlace() {
        return !isMap() && (type() == FieldType.OBJECT || type() == FieldType.ARRAY || type() == FieldType.ANY);
    }

    /** Converts a value that was read by this path alone to that of the entity's property. */
    public @Nullable Object fromStored(@Nullable Object plain) {
        if (plain == null) {
            return absent;
        }
        Object value = mapper.read(new PlainValue(plain));
        return absent instanceof Optional<?> ? Optional.ofNullable(value) : value;
    }

    /**
     * Resolves a path relative to an element of the field, {@code ""} for the element itself; {@code null} if elements
     * have no such property.
     */
    public @Nullable QueryField inElement(String elementPath) {
        ValueMapper element = multiValue().element();
        if (elementPath.isEmpty()) {
            return new QueryField("", element, TypeInformation.of(multiValue().elementType()), conversions);
        }
        if (element instanceof PlainMapper) {
            return new QueryField(elementPath, element, TypeInformation.OBJECT, conversions);
        }
        return element instanceof ObjectMapper object ? of(object, elementPath, conversions) : null;
    }

    /** Returns the stored form of a value of the property. */
    public Object plain(Object value) {
        return mapper.toPlain(value);
    }

    /** Returns whether the property is text in any form, so that its characters can be examined. */
    public boolean isText() {
        return javaType == String.class || javaType == Character.class || mapper instanceof PlainMapper;
    }

    /** Returns whether the field holds several values that are text. */
    public boolean hasTextElements() {
        return isMultiValued() && (singleType() == String.class || singleType() == Character.class);
    }

    /** Returns whether the property is a boolean, in whatever form it is stored, or is stored as one. */
    public boolean isBoolean() {
        return javaType == Boolean.class || type() == FieldType.BOOLEAN;
    }

    /** Returns whether the value is an object stored by its properties, so that a path can continue with them. */
    public boolean hasProperties() {
        return mapper instanceof ObjectMapper || mapper instanceof CompositeIdMapper;
    }

    /**
     * Returns the stored form of a text to compare the characters of the field with: the result of a converter, if it
     * accepts text.
     */
    public String textToStored(String text) {
        return mapper.accepts(text) ? mapper.toPlain(text).toString() : text;
    }

    /** Returns the class of the field's values or, if it holds several, of its elements; not a primitive. */
    public Class<?> singleType() {
        return isMultiValued()
                ? ClassUtils.resolvePrimitiveIfNecessary(multiValue().elementType())
                : javaType;
    }

    /**
     * Returns whether the field or, if it holds several values, an element of it may be compared with objects of a
     * class or its subclasses: false only if the conversion to the stored form rejects all of them.
     */
    public boolean mayBeComparedWith(Class<?> type) {
        return operands.mayAccept(ClassUtils.resolvePrimitiveIfNecessary(type), singleMapper(), singleType());
    }

    /**
     * Returns the names of the properties of the field's values or elements that a path can continue with. Of a
     * reference, that is the id alone.
     */
    public List<String> properties() {
        ValueMapper single = singleMapper();
        if (single instanceof ReferenceMapper reference) {
            return List.of(reference.idName());
        }
        ValueMapper object = single instanceof CompositeIdMapper id ? id.parts() : single;
        return object instanceof EntityMapper entity
                ? entity.properties().stream()
                        .map(property -> property.property().getName())
                        .toList()
                : List.of();
    }

    private ValueMapper singleMapper() {
        return isMultiValued() ? multiValue().element() : mapper;
    }

    /** Returns the stored form of a value to compare the field with. */
    public Object toStored(Object value) {
        return operands.toStored(value, mapper, javaType);
    }

    /**
     * Returns a filter for a value, by the path of the field. If the property is a set, the elements may be stored in
     * any order, and so each of them is looked for.
     */
    public Filter equalTo(Object value) {
        return isSet() && holdsElements(value)
                ? consistingOf(new LinkedHashSet<>(elementsToStored(value)))
                : Filter.eq(path, toStored(value));
    }

    private Filter consistingOf(Set<@Nullable Object> elements) {
        List<Filter> conditions = new ArrayList<>();
        conditions.add(Filter.hasSize(path, elements.size()));
        for (Object element : elements) {
            conditions.add(
                    element == null
                            ? Filter.elementMatches(path, Filter.isNull(Filter.ELEMENT))
                            : Filter.hasElement(path, element));
        }
        return new Filter.And(conditions);
    }

    /**
     * Returns the stored form of a value to compare the field with by this operator. If the order treats several stored
     * values as equal, such as one instant in two time zones, the result is a bound of all of them.
     */
    public Object toStored(Filter.Operator operator, Object value) {
        Object stored = toStored(value);
        return switch (operator) {
            case EQ, NE -> stored;
            case LT, GTE -> mapper.bound(stored, false);
            case GT, LTE -> mapper.bound(stored, true);
        };
    }

    /** Returns the stored form of a value to compare an element of the field with. */
    public Object elementToStored(Object element) {
        return operands.elementToStored(element, multiValue());
    }

    /** Returns whether a value to compare the field with has elements, and is not itself an element of the field. */
    public boolean holdsElements(Object value) {
        boolean isSeveral = value instanceof Iterable || value.getClass().isArray();
        return isSeveral && !isElement(value, multiValue());
    }

    /** Returns whether a value is an element rather than several: a collection is, if what it holds fits that element. */
    private static boolean isElement(Object value, MultiValueMapper several) {
        Class<?> type = several.elementType();
        if (type == Object.class) {
            return value instanceof byte[] || !(value instanceof Iterable || ObjectUtils.isArray(value));
        }
        if (value instanceof Collection<?> values && several.element() instanceof MultiValueMapper inner) {
            return type.isInstance(values)
                    && !values.isEmpty()
                    && values.stream().allMatch(each -> each == null || isElement(each, inner));
        }
        return type.isInstance(value);
    }

    private MultiValueMapper multiValue() {
        if (mapper instanceof MultiValueMapper multiValue) {
            return multiValue;
        }
        throw new IllegalStateException("'%s' holds one value".formatted(path));
    }

    /**
     * Returns the stored form of a value to assign to the field.
     *
     * @throws InvalidDataAccessApiUsageException if the property could not be read from it
     */
    public Object toAssigned(Object value) {
        return operands.assignable(value, toStored(value), mapper);
    }

    /** Returns the stored form of a value to assign to an element of the field, like {@link #toAssigned}. */
    public Object elementToAssigned(Object element) {
        return operands.assignable(
                element, elementToStored(element), multiValue().element());
    }

    /** Returns whether this field is known to be stored as another kind of value than {@code other}. */
    public boolean differsFrom(QueryField other) {
        return type() != other.type() && type() != FieldType.ANY && other.type() != FieldType.ANY;
    }

    /** Returns the stored forms of several values to compare elements of the field with. */
    public List<@Nullable Object> elementsToStored(Object values) {
        return OperandConversion.each(values, this::elementToStored);
    }

    /** Returns the stored forms of several values to compare the field with. */
    public List<@Nullable Object> allToStored(Object values) {
        return OperandConversion.each(values, this::toStored);
    }
}
