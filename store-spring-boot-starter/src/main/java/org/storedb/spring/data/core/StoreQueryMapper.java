package org.storedb.spring.data.core;

import java.util.List;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.domain.Sort;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/** Translator of queries from the properties of an entity to the fields of its documents. */
public final class StoreQueryMapper {

    private final StoreConverter converter;
    private final ConversionService conversions;

    public StoreQueryMapper(StoreConverter converter) {
        this.converter = converter;
        this.conversions = converter.getConversionService();
    }

    /**
     * Returns the query with the names and values used in documents. The position it continues from already has them.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property, or a value does not fit it
     */
    public Query toStored(Query query, Class<?> type) {
        List<org.storedb.query.Sort.Order> orders = query.sort().orders().stream()
                .map(order -> order.by(
                        order.origin() == null
                                ? sortField(order.field(), type).path()
                                : filters(type).place(order.field())))
                .toList();
        return new Query(
                toStored(query.filter(), type),
                new org.storedb.query.Sort(orders),
                query.offset(),
                query.limit(),
                query.continuation(),
                query.backward());
    }

    /**
     * Returns the sort with the names used in documents.
     *
     * @throws org.springframework.data.core.PropertyReferenceException if it names an unknown property
     */
    public org.storedb.query.Sort toStored(Sort sort, Class<?> type) {
        if (sort.isUnsorted()) {
            return org.storedb.query.Sort.unsorted();
        }
        return new org.storedb.query.Sort(
                sort.stream().map(order -> toStored(order, type)).toList());
    }

    private org.storedb.query.Sort.Order toStored(Sort.Order order, Class<?> type) {
        String path = converter.field(type, order.getProperty()) == null
                ? PropertyPath.from(order.getProperty(), type).toDotPath()
                : order.getProperty(); // Such as the key of a map, which is not a property.
        String field = order instanceof DistanceOrder
                ? filters(type).place(path)
                : sortField(path, type).path();
        return SortConversion.toStore(order, field);
    }

    private QueryField sortField(String path, Class<?> type) {
        QueryField field = field(path, type);
        if (!field.isOrdered()) {
            throw new InvalidDataAccessApiUsageException("Entities of type %s cannot be sorted by '%s': %s"
                    .formatted(type.getSimpleName(), path, field.whyUnordered(path)));
        }
        return field;
    }

    /**
     * Returns the filter with the names and values used in documents.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property, or a value does not fit it
     */
    public Filter toStored(Filter filter, Class<?> type) {
        return filters(type).toStored(filter);
    }

    /**
     * Returns the patch with the names and values used in documents.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property, or a value does not fit it
     */
    public DocumentPatch toStored(DocumentPatch patch, Class<?> type) {
        return new PatchMapper(filters(type), type.getSimpleName()).toStored(patch);
    }

    /**
     * Returns the aggregation with the names and values used in documents. Groups are named after their fields,
     * measures keep their names.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property, or a value does not fit it
     */
    public Aggregation toStored(Aggregation aggregation, Class<?> type) {
        return new AggregationMapper(filters(type), conversions).toStored(aggregation);
    }

    /** Returns the columns of an aggregation that names properties. */
    public List<RowReader.Column> columns(Aggregation aggregation, Class<?> type) {
        return new AggregationMapper(filters(type), conversions).columns(aggregation);
    }

    /**
     * Returns the field that a path of properties refers to.
     *
     * @throws InvalidDataAccessApiUsageException if the entity has no such property
     */
    public QueryField field(String path, Class<?> type) {
        return filters(type).field(path);
    }

    private QueryField requiredField(String path, Class<?> type) {
        QueryField field = converter.field(type, path);
        if (field == null) {
            throw new InvalidDataAccessApiUsageException(converter.whyNoField(type, path));
        }
        return field;
    }

    private FilterMapper filters(Class<?> type) {
        return new FilterMapper(type.getSimpleName(), path -> requiredField(path, type));
    }
}
