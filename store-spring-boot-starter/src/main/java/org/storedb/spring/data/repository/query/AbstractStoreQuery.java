package org.storedb.spring.data.repository.query;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.storedb.DocumentCollection;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.text.QueryKind;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.PageBounds;
import org.storedb.spring.data.core.SortConversion;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;

/** Base of the queries that turn results into what the repository method returns. */
abstract class AbstractStoreQuery implements RepositoryQuery {

    private final StoreQueryMethod method;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;
    private final Class<?> entityType;
    private final QueryReturnType returnType;

    AbstractStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.entityType = method.getEntityType();
        this.returnType = new QueryReturnType(method, operations);
    }

    /** Returns the kind of the query. */
    abstract QueryKind kind();

    /** Binds the arguments of a call. */
    abstract Bound bind(StoreParameterAccessor accessor);

    /**
     * A query with all its values.
     *
     * @param filter the filter, with the names and values used in documents
     * @param sort the sort, with the names of properties, without the sort of an argument
     * @param limit the maximum number of results, on all pages together
     */
    record Bound(Filter filter, Sort sort, long offset, long limit) {

        Bound sortedBy(Sort newSort) {
            return new Bound(filter, newSort, offset, limit);
        }

        Bound limitedTo(long max) {
            return new Bound(filter, sort, offset, Math.min(limit, max));
        }
    }

    /** Returns what the results are near; {@code null} if they are not near a single point. */
    @Nullable
    Nearness nearness(StoreParameterAccessor accessor) {
        return null;
    }

    final StoreQueryMapper queryMapper() {
        return queryMapper;
    }

    /** Rejects a method that cannot return the results of the query. */
    final void refuseReturnType() {
        returnType.refuseUnfit(kind());
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        StoreParameterAccessor accessor = new StoreParameterAccessor(method, arguments);
        Bound bound = bind(accessor).limitedTo(accessor.maxResults());
        Sort sort = accessor.getSort();
        return switch (kind()) {
            case COUNT -> operations.execute(entityType, collection -> collection.count(query(bound, sort)));
            case EXISTS -> operations.execute(entityType, collection -> collection.exists(query(bound, sort)));
            case DELETE -> delete(query(bound, sort));
            case FIND -> find(bound, accessor);
        };
    }

    private Query query(Bound bound, Sort sort) {
        return Query.where(bound.filter())
                .sort(queryMapper.toStored(SortConversion.then(bound.sort(), sort), entityType))
                .offset(bound.offset())
                .limit(bound.limit());
    }

    private @Nullable Object find(Bound bound, StoreParameterAccessor accessor) {
        Class<?> resultType = returnType.resultType(accessor);
        Nearness nearness = nearness(accessor);
        boolean isSorted = bound.sort().isSorted() || accessor.getSort().isSorted();
        Bound sorted = nearness == null || isSorted ? bound : bound.sortedBy(nearness.order());
        if (nearness != null && method.isGeoQuery()) {
            NearbyEntities<?, ?> nearby = new NearbyEntities<>(operations, entityType, resultType, method, nearness);
            return withDistances(nearby, sorted, accessor);
        }
        return entities(sorted, resultType, accessor);
    }

    private <T> Object withDistances(NearbyEntities<T, ?> nearby, Bound bound, StoreParameterAccessor accessor) {
        Pageable pageable = accessor.getPageable();
        EntityQuery<T> query =
                nearby.matching(bound.filter()).sort(bound.sort()).limit(bound.limit());
        return method.isPageQuery()
                ? nearby.page(query, pageable)
                : nearby.all(onPage(query.sort(accessor.getSort()), bound, pageable));
    }

    private @Nullable Object entities(Bound bound, Class<?> resultType, StoreParameterAccessor accessor) {
        Pageable pageable = accessor.getPageable();
        EntityQuery<?> query = EntityQueries.matching(
                        bound.filter(), entityType, operations, method.getProjectionFactory())
                .as(resultType)
                .sort(bound.sort())
                .skip(bound.offset())
                .limit(bound.limit());
        if (method.isPageQuery()) {
            return query.page(pageable);
        }
        if (method.isSliceQuery()) {
            return query.slice(pageable);
        }
        EntityQuery<?> sorted = query.sort(accessor.getSort());
        return method.isScrollQuery()
                ? window(sorted, bound.limit(), accessor)
                : several(onPage(sorted, bound, pageable));
    }

    private static <R> EntityQuery<R> onPage(EntityQuery<R> query, Bound bound, Pageable pageable) {
        PageBounds page = PageBounds.of(pageable, bound.limit());
        return query.skip(bound.offset() + page.offset()).limit(page.limit());
    }

    private @Nullable Object several(EntityQuery<?> query) {
        if (method.isStreamQuery()) {
            return query.stream();
        }
        if (method.isCollectionQuery()) {
            return query.all();
        }
        return single(query);
    }

    private @Nullable Object single(EntityQuery<?> query) {
        try {
            Optional<?> found = query.one();
            return method.isOptionalQuery() ? found : found.orElse(null);
        } catch (IncorrectResultSizeDataAccessException e) {
            throw method.moreThanOne();
        }
    }

    private Window<?> window(EntityQuery<?> query, long limit, StoreParameterAccessor accessor) {
        ScrollPosition position = accessor.getScrollPosition();
        if (position == null && method.getParameters().hasScrollPositionParameter()) {
            throw new InvalidDataAccessApiUsageException(
                    "%s needs a position; ScrollPosition.keyset() and ScrollPosition.offset() are at the start"
                            .formatted(method.getName()));
        }
        Pageable pageable = accessor.getPageable();
        return query.limit(pageable.isPaged() ? Math.min(limit, pageable.getPageSize()) : limit)
                .scroll(position == null ? ScrollPosition.offset() : position);
    }

    private @Nullable Object delete(Query query) {
        if (returnType.isCountOrNothing()) {
            return operations.execute(entityType, collection -> collection.delete(query));
        }
        List<?> deleted = operations.executeAtomically(entityType, collection -> findAndDelete(collection, query));
        if (method.isStreamQuery()) {
            return deleted.stream();
        }
        return method.isCollectionQuery() ? deleted : DataAccessUtils.singleResult(deleted);
    }

    private <T> List<T> findAndDelete(DocumentCollection<T> collection, Query query) {
        List<T> found = collection.find(query).toList();
        if (found.size() > 1 && !method.isCollectionQuery() && !method.isStreamQuery()) {
            throw method.moreThanOne();
        }
        collection.delete(query);
        return found;
    }
}
