package org.storedb.spring.data.repository.support;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.SortConversion;

/**
 * Adapter of an {@link EntityQuery} to the fluent API of query by example and Querydsl. A limit applies to all pages
 * together, but to each window separately. The sort of a page replaces the query's.
 *
 * @param query the query, without a sort
 * @param type the type of the entities
 * @param <R> the type of the results
 */
record FluentStoreQuery<R>(EntityQuery<R> query, Sort sort, Class<?> type) implements FetchableFluentQuery<R> {

    FluentStoreQuery(EntityQuery<R> query, Class<?> type) {
        this(query, Sort.unsorted(), type);
    }

    @Override
    public FetchableFluentQuery<R> sortBy(Sort more) {
        return new FluentStoreQuery<>(query, SortConversion.then(sort, more), type);
    }

    @Override
    public FetchableFluentQuery<R> limit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative, but is " + limit);
        }
        return new FluentStoreQuery<>(query.limit(limit), sort, type);
    }

    @Override
    public <N> FetchableFluentQuery<N> as(Class<N> resultType) {
        return new FluentStoreQuery<>(query.as(resultType), sort, type);
    }

    /** Checks that the properties exist; a projection itself determines what it needs. */
    @Override
    public FetchableFluentQuery<R> project(Collection<String> properties) {
        properties.forEach(property -> PropertyPath.from(property, type));
        return this;
    }

    @Override
    public @Nullable R oneValue() {
        return sorted().one().orElse(null);
    }

    @Override
    public @Nullable R firstValue() {
        return sorted().first().orElse(null);
    }

    @Override
    public List<R> all() {
        return sorted().all();
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        return sorted().scroll(position);
    }

    @Override
    public Page<R> page(Pageable pageable) {
        return sortedUnlessBy(pageable).page(pageable);
    }

    @Override
    public Slice<R> slice(Pageable pageable) {
        return sortedUnlessBy(pageable).slice(pageable);
    }

    @Override
    public Stream<R> stream() {
        return sorted().stream();
    }

    @Override
    public long count() {
        return query.count();
    }

    @Override
    public boolean exists() {
        return query.exists();
    }

    private EntityQuery<R> sorted() {
        return query.sort(sort);
    }

    private EntityQuery<R> sortedUnlessBy(Pageable pageable) {
        return pageable.getSort().isSorted() ? query : sorted();
    }
}
