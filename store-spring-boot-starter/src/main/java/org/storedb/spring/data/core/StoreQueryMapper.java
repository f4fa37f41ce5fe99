package org.storedb.spring.data.core;

import java.util.List;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/** Translates queries from the properties of an entity to the fields of its documents. */
public final class StoreQueryMapper {

    private final StoreConverter converter;
    private final ConversionService conversions;

    public StoreQueryMapper(StoreConverter converter) {
        this.converter = converter;
        this.conversions = converter.getConversionService();
    }

    /**
     * The query with the names and values that documents have.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property, or a value does not fit it
     */
    public Query toStored(Query query, Class<?> type) {
        List<org.storedb.query.Sort.Order> orders = query.sort().orders().stream()
                .map(order -> new org.storedb.query.Sort.Order(
                        sortField(order.field(), type).path(), order.direction(), order.nulls(), order.ignoreCase()))
                .toList();
        return new Query(
                toStored(query.filter(), type), new org.storedb.query.Sort(orders), query.offset(), query.limit());
    }

    /**
     * A page of what matches a filter of stored names and values.
     *
     * @throws org.springframework.data.core.PropertyReferenceException if the sort names an unknown property
     */
    public Query page(Filter filter, Pageable pageable, Class<?> type) {
        Query query = Query.where(filter).sort(toStored(pageable.getSort(), type));
        return pageable.isPaged() ? query.offset(pageable.getOffset()).limit(pageable.getPageSize()) : query;
    }

    /**
     * The sort with the names that documents have.
     *
     * @throws org.springframework.data.core.PropertyReferenceException if it names an unknown property
     */
    public org.storedb.query.Sort toStored(Sort sort, Class<?> type) {
        return new org.storedb.query.Sort(
                sort.stream().map(order -> toStored(order, type)).toList());
    }

    private org.storedb.query.Sort.Order toStored(Sort.Order order, Class<?> type) {
        String path = PropertyPath.from(order.getProperty(), type).toDotPath();
        return new org.storedb.query.Sort.Order(
                sortField(path, type).path(),
                order.isAscending()
                        ? org.storedb.query.Sort.Direction.ASCENDING
                        : org.storedb.query.Sort.Direction.DESCENDING,
                switch (order.getNullHandling()) {
                    case NATIVE -> org.storedb.query.Sort.NullOrder.NATURAL;
                    case NULLS_FIRST -> org.storedb.query.Sort.NullOrder.FIRST;
                    case NULLS_LAST -> org.storedb.query.Sort.NullOrder.LAST;
                },
                order.isIgnoreCase());
    }

    private QueryField sortField(String path, Class<?> type) {
        QueryField field = field(path, type);
        if (!field.isOrdered()) {
            throw new InvalidDataAccessApiUsageException(
                    "Entities of type %s cannot be sorted by '%s': its values have no order as they are stored"
                            .formatted(type.getSimpleName(), path));
        }
        return field;
    }

    private Filter toStored(Filter filter, Class<?> type) {
        if (filter instanceof Filter.And and) {
            return new Filter.And(toStored(and.filters(), type));
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(toStored(or.filters(), type));
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(toStored(not.filter(), type));
        }
        if (filter instanceof Filter.Comparison comparison) {
            QueryField field = field(comparison.field(), type);
            return new Filter.Comparison(
                    field.path(),
                    comparison.operator(),
                    field.toStored(comparison.value(), conversions),
                    comparison.ignoreCase());
        }
        if (filter instanceof Filter.In in) {
            QueryField field = field(in.field(), type);
            List<Object> values = in.values().stream()
                    .map(value -> field.toStored(value, conversions))
                    .toList();
            return new Filter.In(field.path(), values, in.ignoreCase());
        }
        if (filter instanceof Filter.HasElement hasElement) {
            return hasElement(hasElement, type);
        }
        if (filter instanceof Filter.StringMatch match) {
            return new Filter.StringMatch(
                    field(match.field(), type).path(), match.operator(), match.text(), match.ignoreCase());
        }
        if (filter instanceof Filter.Exists exists) {
            return new Filter.Exists(field(exists.field(), type).path());
        }
        if (filter instanceof Filter.IsNull isNull) {
            return new Filter.IsNull(field(isNull.field(), type).path());
        }
        if (filter instanceof Filter.HasType has) {
            return new Filter.HasType(field(has.field(), type).path(), has.type());
        }
        if (filter instanceof Filter.Regex regex) {
            return new Filter.Regex(field(regex.field(), type).path(), regex.regex(), regex.ignoreCase());
        }
        return arrayOrPlaceToStored(filter, type);
    }

    private Filter arrayOrPlaceToStored(Filter filter, Class<?> type) {
        if (filter instanceof Filter.HasAllElements has) {
            QueryField field = multiValued(has.field(), type);
            return Filter.hasAllElements(
                    field.path(),
                    has.elements().stream()
                            .map(element -> field.elementToStored(element, conversions))
                            .toList());
        }
        if (filter instanceof Filter.HasSize has) {
            return Filter.hasSize(multiValued(has.field(), type).path(), has.operator(), has.size());
        }
        if (filter instanceof Filter.ElementMatch match) { // What elements are asked is in their stored names.
            return Filter.elementMatches(multiValued(match.field(), type).path(), match.filter());
        }
        if (filter instanceof Filter.Near near) {
            return Filter.near(field(near.field(), type).path(), near.center(), near.fromMeters(), near.toMeters());
        }
        if (filter instanceof Filter.Within within) {
            return Filter.within(field(within.field(), type).path(), within.shape());
        }
        throw new IllegalArgumentException("Not translated: " + filter);
    }

    private List<Filter> toStored(List<Filter> filters, Class<?> type) {
        return filters.stream().map(filter -> toStored(filter, type)).toList();
    }

    private Filter hasElement(Filter.HasElement filter, Class<?> type) {
        QueryField field = multiValued(filter.field(), type);
        return new Filter.HasElement(field.path(), field.elementToStored(filter.element(), conversions));
    }

    private QueryField multiValued(String path, Class<?> type) {
        QueryField field = field(path, type);
        if (!field.isMultiValued()) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' of %s has no elements to look for".formatted(path, type.getSimpleName()));
        }
        return field;
    }

    private QueryField field(String path, Class<?> type) {
        QueryField field = converter.field(type, path);
        if (field == null) {
            throw new InvalidDataAccessApiUsageException("%s has no property '%s' that is stored and can be asked for"
                    .formatted(type.getSimpleName(), path));
        }
        return field;
    }
}
