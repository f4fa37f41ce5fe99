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

/**
 * An {@link EntityQuery} as examples and predicates of Querydsl offer it. A limit counts over all pages together, and for
 * each window anew.
 *
 * @param type of the entities
 * @param <R> what the caller gets
 */
record FluentStoreQuery<R>(EntityQuery<R> query, Class<?> type) implements FetchableFluentQuery<R> {

    @Override
    public FetchableFluentQuery<R> sortBy(Sort sort) {
        return new FluentStoreQuery<>(query.sort(sort), type);
    }

    @Override
    public FetchableFluentQuery<R> limit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative, but is " + limit);
        }
        return new FluentStoreQuery<>(query.limit(limit), type);
    }

    @Override
    public <N> FetchableFluentQuery<N> as(Class<N> resultType) {
        return new FluentStoreQuery<>(query.as(resultType), type);
    }

    /** Checks that there are such properties; a projection tells by itself what it needs. */
    @Override
    public FetchableFluentQuery<R> project(Collection<String> properties) {
        properties.forEach(property -> PropertyPath.from(property, type));
        return this;
    }

    @Override
    public @Nullable R oneValue() {
        return query.one().orElse(null);
    }

    @Override
    public @Nullable R firstValue() {
        return query.first().orElse(null);
    }

    @Override
    public List<R> all() {
        return query.all();
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        return query.scroll(position);
    }

    @Override
    public Page<R> page(Pageable pageable) {
        return query.page(pageable);
    }

    @Override
    public Slice<R> slice(Pageable pageable) {
        return query.slice(pageable);
    }

    @Override
    public Stream<R> stream() {
        return query.stream();
    }

    @Override
    public long count() {
        return query.count();
    }

    @Override
    public boolean exists() {
        return query.exists();
    }
}
