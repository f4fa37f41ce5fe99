package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Sort;
import org.springframework.util.ObjectUtils;
import org.storedb.document.FieldType;
import org.storedb.query.Filter;
import org.storedb.query.Row;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * The values that determine the position of an entity in an order: those of the properties it is sorted by, and its id,
 * which distinguishes equal ones. A value may be null, which also has a position in the order.
 */
final class Keyset<T> {

    private final MappingDocumentCodec<T> codec;
    private final StoreConverter converter;
    private final List<Key> keys;

    private Keyset(MappingDocumentCodec<T> codec, StoreConverter converter, List<Key> keys) {
        this.codec = codec;
        this.converter = converter;
        this.keys = keys;
    }

    /**
     * Returns the keys of a sort.
     *
     * @throws InvalidDataAccessApiUsageException if one of the properties may have values of different kinds
     */
    static <T> Keyset<T> of(Sort sort, Class<T> type, StoreConverter converter, StoreQueryMapper queryMapper) {
        MappingDocumentCodec<T> codec = converter.codec(type);
        String idProperty = codec.idProperty().getName();
        List<Order> orders = queryMapper.toStored(sort, type).orders();
        List<Key> keys = new ArrayList<>();
        refuseDistances(orders, type);
        boolean identified = false;
        for (int at = 0; at < orders.size() && !identified; at++) {
            Order order = orders.get(at);
            String name = sort.toList().get(at).getProperty();
            String property = name.equals(idProperty) ? name : property(name, type, converter);
            boolean isId = property.equals(idProperty);
            if (keys.stream().noneMatch(key -> key.covers(property, order))) {
                keys.add(new Key(property, field(property, type, converter), order, isId));
            }
            identified = isId && !order.ignoreCase();
        }
        if (!identified) {
            QueryField id = Objects.requireNonNull(converter.field(type, idProperty));
            keys.add(new Key(idProperty, id, Order.ascending(id.path()), true));
        }
        return new Keyset<>(codec, converter, keys);
    }

    private static void refuseDistances(List<Order> orders, Class<?> type) {
        for (Order order : orders) {
            if (order.origin() != null) {
                throw new InvalidDataAccessApiUsageException(
                        "%s cannot be scrolled by the distance of '%s' with a keyset; use an offset"
                                .formatted(type.getSimpleName(), order.field()));
            }
        }
    }

    /** Returns the path of a property of the class or, if it has none of this name, of one of its subclasses. */
    private static String property(String name, Class<?> type, StoreConverter converter) {
        Stream<Class<?>> subclasses =
                converter.getMappingContext().getSubclasses(type).stream().map(StorePersistentEntity::getType);
        return Stream.concat(Stream.of(type), subclasses)
                .flatMap(each -> property(name, each).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidDataAccessApiUsageException( // It can be sorted by.
                        "%s cannot be scrolled by '%s' with a keyset, because it is not a property of a class; use an offset"
                                .formatted(type.getSimpleName(), name)));
    }

    private static Optional<String> property(String name, Class<?> type) {
        try {
            return Optional.of(PropertyPath.from(name, type).toDotPath());
        } catch (PropertyReferenceException e) {
            return Optional.empty();
        }
    }

    private static QueryField field(String property, Class<?> type, StoreConverter converter) {
        QueryField field = Objects.requireNonNull(converter.field(type, property));
        if (field.type() == FieldType.ANY) {
            throw new InvalidDataAccessApiUsageException(
                    "%s cannot be scrolled by '%s' with a keyset, because its values may have different types; use an offset"
                            .formatted(type.getSimpleName(), property));
        }
        return field;
    }

    Keyset<T> reversed() {
        return new Keyset<>(codec, converter, keys.stream().map(Key::reversed).toList());
    }

    /** Returns the order by these keys. */
    org.storedb.query.Sort sort() {
        return new org.storedb.query.Sort(keys.stream().map(Key::order).toList());
    }

    /** Returns the document paths of the sort fields, except for the id, which is never missing. */
    List<String> paths() {
        return keys.stream()
                .filter(key -> !key.isId)
                .map(key -> key.field.path())
                .toList();
    }

    /** Returns a filter that finds the document of an entity. */
    Filter isDocumentOf(T object) {
        Key id = keys.get(keys.size() - 1);
        return id.at(valueOf(id, object)).at();
    }

    /**
     * Returns the values of an entity by the names of their properties. A class may give a property a value that its
     * document lacks, such as 0 for a primitive; the entity is sorted among those without a value, so its position has
     * none either.
     *
     * @param stored the values of its document at {@link #paths}; {@code null} if unknown
     * @param completed whether a callback may have given the entity other values than its document has
     */
    Map<String, @Nullable Object> keysOf(T object, @Nullable Row stored, boolean completed) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Key key : keys) {
            Object value = stored == null || key.isId
                    ? valueOf(key, object)
                    : valueOf(key, object, stored.value(key.field.path()), completed);
            values.put(key.property, ObjectUtils.unwrapOptional(value));
        }
        return values;
    }

    private @Nullable Object valueOf(Key key, T object, @Nullable Object plain, boolean completed) {
        if (plain == null) {
            return null;
        }
        return completed || isOfOther(key) ? key.field.fromStored(plain) : valueOf(key, object);
    }

    /** Returns whether a property is the id of an entity that is referred to, which may be gone. */
    private boolean isOfOther(Key key) {
        int dot = key.property.lastIndexOf('.');
        QueryField owner = dot < 0 ? null : converter.field(codec.entity().getType(), key.property.substring(0, dot));
        return owner != null && owner.isReference();
    }

    private @Nullable Object valueOf(Key key, T object) {
        return key.isId ? codec.ownId(object) : converter.getMappingContext().getPropertyValue(object, key.property);
    }

    /**
     * Returns a filter for what comes after the entity with these values.
     *
     * @throws InvalidDataAccessApiUsageException if a value is missing or does not fit
     */
    Filter after(Map<String, ? extends @Nullable Object> values) {
        List<Position> positions = positions(values);
        List<Filter> alternatives = new ArrayList<>();
        List<Filter> equalSoFar = new ArrayList<>();
        for (Position position : positions) {
            List<Filter> conditions = new ArrayList<>(equalSoFar);
            conditions.add(position.after());
            alternatives.add(new Filter.And(conditions));
            equalSoFar.add(position.at());
        }
        // Redundant, but bounds the first key, so that a scan of an index on it starts at the right entry.
        Position first = positions.get(0);
        return first.at().or(first.after()).and(new Filter.Or(alternatives));
    }

    private List<Position> positions(Map<String, ? extends @Nullable Object> values) {
        List<Position> positions = new ArrayList<>();
        for (Key key : keys) {
            Object value = values.get(key.property);
            if (!values.containsKey(key.property) || (key.isId && value == null)) {
                throw new InvalidDataAccessApiUsageException(
                        "The position has no value for '%s'; it needs one for each of %s: take positions from a window with the same sort"
                                .formatted(
                                        key.property,
                                        keys.stream()
                                                .map(Key::property)
                                                .distinct()
                                                .toList()));
            }
            positions.add(key.at(value));
        }
        return positions;
    }

    /** One property of the order. */
    private record Key(String property, QueryField field, Order order, boolean isId) {

        /** Returns whether values that are equal here are equal in another order, too. */
        boolean covers(String otherProperty, Order other) {
            return property.equals(otherProperty) && (!order.ignoreCase() || other.ignoreCase());
        }

        Key reversed() {
            return new Key(property, field, order.reversed(), isId);
        }

        Position at(@Nullable Object value) {
            return new Position(this, value == null ? null : field.toStored(value));
        }

        boolean isAscending() {
            return order.direction() == Direction.ASCENDING;
        }

        boolean hasNullsLast() {
            return order.nulls() == NullOrder.NATURAL ? !isAscending() : order.nulls() == NullOrder.LAST;
        }
    }

    /** A position in the order of one property. */
    private record Position(Key key, @Nullable Object value) {

        Filter at() {
            return value == null ? Filter.isNull(path()) : compared(Filter.Operator.EQ, value);
        }

        Filter after() {
            if (value == null) {
                return key.hasNullsLast() ? Filter.anyOf() : Filter.not(Filter.isNull(path()));
            }
            Filter beyond = compared(key.isAscending() ? Filter.Operator.GT : Filter.Operator.LT, value);
            return key.hasNullsLast() && !key.isId ? beyond.or(Filter.isNull(path())) : beyond;
        }

        private Filter compared(Filter.Operator operator, Object stored) {
            return new Filter.Comparison(path(), operator, stored, key.order.ignoreCase());
        }

        private String path() {
            return key.field.path();
        }
    }
}
