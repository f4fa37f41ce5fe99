package org.storedb.spring.data.core;

import java.util.function.Function;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.storedb.query.Filter;

/** Factory of queries for entities. */
public final class EntityQueries {

    private static final ProjectionFactory PROJECTIONS = new EntityProjectionFactory();

    private EntityQueries() {}

    /** Returns a query for all entities of a class, to be refined. */
    static <T> EntityQuery<T> all(Class<T> type, StoreOperations operations) {
        return all(type, operations, PROJECTIONS);
    }

    /**
     * Returns a query for all entities of a class, to be refined.
     *
     * @param projections creates interface projections
     */
    public static <T> EntityQuery<T> all(Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        return matching(Filter.all(), type, operations, projections);
    }

    /**
     * Returns a query for the entities of a class that match a filter.
     *
     * @param filter the filter, with the names and values used in documents
     * @param projections creates interface projections
     */
    public static <T> EntityQuery<T> matching(
            Filter filter, Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        return new MatchingEntities<>(operations, projections, type, filter, Sort.unsorted(), 0, Long.MAX_VALUE, type);
    }

    /**
     * Returns a function that projects entities that have been read to a result type.
     *
     * @param projections creates interface projections
     */
    public static <T, R> Function<? super T, ? extends R> projection(
            Class<T> type, Class<R> resultType, StoreOperations operations, ProjectionFactory projections) {
        return Projection.of(type, resultType, operations.getConverter(), projections)
                .ofEntity();
    }
}
