package org.storedb.spring.data.core;

import java.util.function.Function;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.projection.SpelAwareProxyProjectionFactory;
import org.storedb.query.Filter;

/** Begins queries for entities. */
public final class EntityQueries {

    private static final ProjectionFactory PROJECTIONS = new SpelAwareProxyProjectionFactory();

    private EntityQueries() {}

    /** All entities of a class, to begin with. */
    static <T> EntityQuery<T> all(StoreOperations operations, Class<T> type) {
        return all(type, operations, PROJECTIONS);
    }

    /**
     * All entities of a class, to begin with.
     *
     * @param projections makes projections of interfaces
     */
    public static <T> EntityQuery<T> all(Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        return matching(Filter.all(), type, operations, projections);
    }

    /**
     * The entities of a class that match.
     *
     * @param filter with the names and values that documents have
     * @param projections makes projections of interfaces
     */
    public static <T> EntityQuery<T> matching(
            Filter filter, Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        return new MatchingEntities<>(operations, projections, type, filter, Sort.unsorted(), 0, Long.MAX_VALUE, type);
    }

    /**
     * What makes something else of entities that have been read.
     *
     * @param projections makes projections of interfaces
     */
    public static <T, R> Function<? super T, ? extends R> projection(
            Class<T> type, Class<R> resultType, StoreOperations operations, ProjectionFactory projections) {
        return Projection.of(type, resultType, operations.getConverter(), projections, true)
                .ofEntity();
    }
}
