package org.storedb.spring.data.repository.query;

import java.util.List;
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
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
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

    AbstractStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.entityType = method.getEntityType();
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
     * @param limit the query's own limit; that of an argument applies in addition
     */
    record Bound(Filter filter, Sort sort, long offset, long limit) {}

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
        if (kind() == QueryKind.DELETE) {
            refuseUnfitDeletion();
        }
        if (kind() == QueryKind.FIND) {
            refuseOtherThanEntities(method.getResultProcessor().getReturnedType());
        }
    }

    private void refuseUnfitDeletion() {
        if (method.getParameters().hasPageableParameter()) {
            throw method.unsupported("what it deletes has no pages; a Limit says how many at the most");
        }
        if (!deletesWithoutReading() && !returnsDeletedEntities()) {
            throw method.unsupported(
                    "a method that deletes returns nothing, how many it deleted, or what it deleted, as %s or a collection of these"
                            .formatted(entityType.getSimpleName()));
        }
    }

    private boolean returnsDeletedEntities() {
        boolean isPart = method.isPageQuery() || method.isSliceQuery() || method.isScrollQuery();
        return isEntity(method.getResultProcessor().getReturnedType())
                && !method.getParameters().hasDynamicProjection()
                && !isPart
                && !method.isGeoQuery();
    }

    private void refuseOtherThanEntities(ReturnedType returned) {
        if (isNoResult(returned)) {
            throw method.unsupported(whyNoResult(returned));
        }
        if (returned.isProjecting()) {
            refuseProjectionOfNothing(returned.getReturnedType());
        }
    }

    /** Returns whether a type is neither that of the entity nor a projection. */
    private boolean isNoResult(ReturnedType returned) {
        boolean isProjection =
                returned.isProjecting() && !returned.getReturnedType().getName().startsWith("java.");
        return !isEntity(returned) && !isProjection;
    }

    private boolean isEntity(ReturnedType returned) {
        return !returned.isProjecting() && returned.getReturnedType().isAssignableFrom(entityType);
    }

    private String whyNoResult(ReturnedType returned) {
        return "it finds %ss, and %s is neither one of these nor a projection; @Query with 'select' gives fields"
                .formatted(
                        entityType.getSimpleName(), returned.getReturnedType().getSimpleName());
    }

    private void refuseProjectionOfNothing(Class<?> type) {
        try {
            EntityQueries.projection(entityType, type, operations, method.getProjectionFactory());
        } catch (InvalidDataAccessApiUsageException e) {
            throw method.unsupported(e);
        }
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        StoreParameterAccessor accessor = new StoreParameterAccessor(method, arguments);
        Bound bound = bind(accessor);
        return switch (kind()) {
            case COUNT -> operations.execute(entityType, collection -> collection.count(query(bound, accessor)));
            case EXISTS -> operations.execute(entityType, collection -> collection.exists(query(bound, accessor)));
            case DELETE -> delete(query(bound, accessor));
            case FIND -> find(bound, accessor);
        };
    }

    private Query query(Bound bound, StoreParameterAccessor accessor) {
        return Query.where(bound.filter())
                .sort(queryMapper.toStored(SortConversion.then(bound.sort(), accessor.getSort()), entityType))
                .offset(bound.offset())
                .limit(limit(bound, accessor));
    }

    private static long limit(Bound bound, StoreParameterAccessor accessor) {
        return Math.min(accessor.maxResults(), bound.limit());
    }

    private @Nullable Object find(Bound bound, StoreParameterAccessor accessor) {
        ReturnedType returned =
                method.getResultProcessor().withDynamicProjection(accessor).getReturnedType();
        if (method.getParameters().hasDynamicProjection() && isNoResult(returned)) {
            throw new InvalidDataAccessApiUsageException(method.getName() + ": " + whyNoResult(returned));
        }
        Class<?> resultType = returned.isProjecting() ? returned.getReturnedType() : entityType;
        Pageable pageable = accessor.getPageable();
        Nearness nearness = nearness(accessor);
        boolean isSorted = bound.sort().isSorted() || accessor.getSort().isSorted();
        Sort sort = nearness == null || isSorted ? bound.sort() : nearness.order();
        if (nearness != null && method.isGeoQuery()) {
            NearbyEntities<?, ?> nearby = new NearbyEntities<>(operations, entityType, resultType, method, nearness);
            return withDistances(nearby, bound.filter(), sort, limit(bound, accessor), pageable, accessor);
        }
        EntityQuery<?> query = EntityQueries.matching(
                        bound.filter(), entityType, operations, method.getProjectionFactory())
                .as(resultType)
                .sort(sort)
                .skip(bound.offset())
                .limit(limit(bound, accessor));
        if (method.isPageQuery()) {
            return query.page(pageable);
        }
        if (method.isSliceQuery()) {
            return query.slice(pageable);
        }
        EntityQuery<?> sorted = query.sort(accessor.getSort());
        if (method.isScrollQuery()) {
            return window(sorted, limit(bound, accessor), pageable, accessor);
        }
        return several(paged(sorted, limit(bound, accessor), pageable));
    }

    private <T> Object withDistances(
            NearbyEntities<T, ?> nearby,
            Filter filter,
            Sort sort,
            long limit,
            Pageable pageable,
            StoreParameterAccessor accessor) {
        EntityQuery<T> query = nearby.matching(filter).sort(sort).limit(limit);
        return method.isPageQuery()
                ? nearby.page(query, pageable)
                : nearby.all(paged(query.sort(accessor.getSort()), limit, pageable));
    }

    private @Nullable Object several(EntityQuery<?> query) {
        if (method.isStreamQuery()) {
            return query.stream();
        }
        if (method.isCollectionQuery()) {
            return query.all();
        }
        try {
            return query.one().orElse(null);
        } catch (IncorrectResultSizeDataAccessException e) {
            throw method.moreThanOne();
        }
    }

    private static <R> EntityQuery<R> paged(EntityQuery<R> query, long limit, Pageable pageable) {
        if (pageable.isUnpaged()) {
            return query;
        }
        PageBounds bounds = PageBounds.of(pageable, limit);
        return query.skip(bounds.offset()).limit(bounds.limit());
    }

    private Window<?> window(
            EntityQuery<?> query, long limit, Pageable pageable, StoreParameterAccessor accessor) {
        ScrollPosition position = accessor.getScrollPosition();
        if (position == null && method.getParameters().hasScrollPositionParameter()) {
            throw new InvalidDataAccessApiUsageException(
                    "%s needs a position; ScrollPosition.keyset() and ScrollPosition.offset() are at the start"
                            .formatted(method.getName()));
        }
        return query.limit(pageable.isPaged() ? Math.min(limit, pageable.getPageSize()) : limit)
                .scroll(position == null ? ScrollPosition.offset() : position);
    }

    private @Nullable Object delete(Query query) {
        if (deletesWithoutReading()) {
            return operations.execute(entityType, collection -> collection.delete(query));
        }
        List<?> deleted = operations.executeAtomically(entityType, collection -> findAndDelete(collection, query));
        if (method.isStreamQuery()) {
            return deleted.stream();
        }
        return method.isCollectionQuery() ? deleted : DataAccessUtils.singleResult(deleted);
    }

    private boolean deletesWithoutReading() {
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        return ReflectionUtils.isVoid(returnType) || Number.class.isAssignableFrom(returnType);
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
