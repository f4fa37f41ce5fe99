package org.storedb.spring.data.repository.query;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.GeoPage;
import org.springframework.data.geo.GeoResult;
import org.springframework.data.geo.GeoResults;
import org.springframework.data.geo.Metrics;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.convert.QueryField;

/**
 * The entities near a place, with their distances, the nearest first unless there is another order. All matches are read,
 * and sorted in memory.
 */
final class NearbyEntities<T, R> {

    private final StoreOperations operations;
    private final Class<T> type;
    private final StoreQueryMethod method;
    private final Function<? super T, ? extends R> projection;

    NearbyEntities(StoreOperations operations, Class<T> type, Class<R> resultType, StoreQueryMethod method) {
        this.operations = operations;
        this.type = type;
        this.method = method;
        this.projection = EntityQueries.projection(type, resultType, operations, method.getProjectionFactory());
    }

    /** What the method returns. */
    @Nullable
    Object find(Nearness nearness, Filter filter, Sort sort, long limit, Pageable pageable) {
        EntityQuery<T> query = EntityQueries.matching(filter, type, operations, method.getProjectionFactory())
                .sort(sort);
        List<GeoResult<T>> all =
                ordered(query.all(), nearness, sort).limit(limit).toList();
        List<GeoResult<R>> page = all.stream()
                .skip(pageable.isPaged() ? pageable.getOffset() : 0)
                .limit(pageable.isPaged() ? pageable.getPageSize() : Long.MAX_VALUE)
                .map(result -> new GeoResult<R>(projection.apply(result.getContent()), result.getDistance()))
                .toList();
        if (method.isGeoQuery()) {
            GeoResults<R> results = new GeoResults<>(page, Metrics.KILOMETERS);
            return method.isPageQuery() ? new GeoPage<>(results, pageable, all.size()) : results;
        }
        List<R> contents = page.stream().map(GeoResult::getContent).toList();
        if (method.isPageQuery()) {
            return new PageImpl<>(contents, pageable, all.size());
        }
        if (method.isSliceQuery()) {
            boolean hasNext = pageable.isPaged() && all.size() > pageable.getOffset() + pageable.getPageSize();
            return new SliceImpl<>(contents, pageable, hasNext);
        }
        return severalOrOne(contents);
    }

    private @Nullable Object severalOrOne(List<R> contents) {
        if (method.isStreamQuery()) {
            return contents.stream();
        }
        if (method.isCollectionQuery()) {
            return contents;
        }
        if (contents.size() > 1) {
            throw method.moreThanOne();
        }
        return contents.isEmpty() ? null : contents.get(0);
    }

    private Stream<GeoResult<T>> ordered(List<T> entities, Nearness nearness, Sort sort) {
        QueryField field = operations.getConverter().field(type, nearness.property());
        if (field == null) {
            throw new IllegalStateException("'%s' was found, but is not there".formatted(nearness.property()));
        }
        Stream<GeoResult<T>> results = entities.stream()
                .map(entity -> new GeoResult<>(
                        entity,
                        new Distance(
                                nearness.metersTo(entity, type, operations.getConverter(), field) / 1000,
                                Metrics.KILOMETERS)));
        return sort.isSorted() ? results : results.sorted(Comparator.comparing(GeoResult::getDistance));
    }
}
