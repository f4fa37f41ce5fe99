package org.storedb.spring.data.repository.query;

import java.util.List;
import java.util.function.Function;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.geo.GeoPage;
import org.springframework.data.geo.GeoResult;
import org.springframework.data.geo.GeoResults;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreOperations;

/** Entities near a point, with their distances. */
final class NearbyEntities<T, R> {

    private final StoreOperations operations;
    private final Class<T> type;
    private final StoreQueryMethod method;
    private final Nearness nearness;
    private final Function<? super T, ? extends R> projection;

    NearbyEntities(
            StoreOperations operations,
            Class<T> type,
            Class<R> resultType,
            StoreQueryMethod method,
            Nearness nearness) {
        this.operations = operations;
        this.type = type;
        this.method = method;
        this.nearness = nearness;
        this.projection = EntityQueries.projection(type, resultType, operations, method.getProjectionFactory());
    }

    /** Returns a query for the matches of a filter, to be sorted and limited. */
    EntityQuery<T> matching(Filter filter) {
        return EntityQueries.matching(filter, type, operations, method.getProjectionFactory());
    }

    /** Returns all matches of a query. */
    GeoResults<R> all(EntityQuery<T> query) {
        return results(query.all());
    }

    /** Returns a page of the matches of a query. */
    GeoPage<R> page(EntityQuery<T> query, Pageable pageable) {
        Page<T> page = query.page(pageable);
        return new GeoPage<>(results(page.getContent()), pageable, page.getTotalElements());
    }

    private GeoResults<R> results(List<T> entities) {
        List<GeoResult<R>> results = entities.stream()
                .map(entity -> new GeoResult<R>(
                        projection.apply(entity), nearness.distance(entity, type, operations.getConverter())))
                .toList();
        return new GeoResults<>(results, nearness.metric());
    }
}
