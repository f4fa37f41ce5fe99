package org.storedb.spring.data.repository.support;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.convert.DtoInstantiatingConverter;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.PageReader;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;
import org.storedb.spring.data.core.WindowReader;

/**
 * The entities that match an example, in an order, as something. Immutable. A limit counts over all pages together, and
 * for each window anew.
 *
 * @param <S> the entity
 * @param <R> what the caller gets
 */
record FluentExampleQuery<S, R>(
        StoreOperations operations,
        ProjectionFactory projections,
        Class<S> type,
        Filter filter,
        Sort sort,
        long limit,
        Class<R> resultType)
        implements FetchableFluentQuery<R> {

    @Override
    public FetchableFluentQuery<R> sortBy(Sort newSort) {
        return new FluentExampleQuery<>(operations, projections, type, filter, sort.and(newSort), limit, resultType);
    }

    @Override
    public FetchableFluentQuery<R> limit(int newLimit) {
        if (newLimit < 0) {
            throw new IllegalArgumentException("limit must not be negative, but is " + newLimit);
        }
        return new FluentExampleQuery<>(operations, projections, type, filter, sort, newLimit, resultType);
    }

    @Override
    public <N> FetchableFluentQuery<N> as(Class<N> newResultType) {
        return new FluentExampleQuery<>(operations, projections, type, filter, sort, limit, newResultType);
    }

    /** Checks that there are such properties; entities are read as a whole anyway. */
    @Override
    public FetchableFluentQuery<R> project(Collection<String> properties) {
        properties.forEach(property -> PropertyPath.from(property, type));
        return this;
    }

    @Override
    public @Nullable R oneValue() {
        List<S> found = entities(query().limit(Math.min(limit, 2)));
        if (found.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "More than one %s matches the example; use first() or all()".formatted(type.getSimpleName()), 1);
        }
        return found.isEmpty() ? null : conversion().apply(found.get(0));
    }

    @Override
    public @Nullable R firstValue() {
        List<S> found = entities(query().limit(Math.min(limit, 1)));
        return found.isEmpty() ? null : conversion().apply(found.get(0));
    }

    @Override
    public List<R> all() {
        return entities(query()).stream().map(conversion()).toList();
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        return new WindowReader(operations)
                .read(filter, sort, limit, position, type)
                .map(conversion());
    }

    @Override
    public Page<R> page(Pageable pageable) {
        return new PageReader(operations).page(query(pageable), pageable, type).map(conversion());
    }

    @Override
    public Slice<R> slice(Pageable pageable) {
        return new PageReader(operations).slice(query(pageable), pageable, type).map(conversion());
    }

    @Override
    public Stream<R> stream() {
        Stream<S> entities = operations.execute(type, collection -> collection.find(query()));
        return entities.map(conversion());
    }

    @Override
    public long count() {
        return operations.execute(type, collection -> collection.count(query()));
    }

    @Override
    public boolean exists() {
        return operations.execute(type, collection -> collection.exists(query()));
    }

    private List<S> entities(Query query) {
        return new PageReader(operations).list(query, type);
    }

    private Query query() {
        return query(sort);
    }

    private Query query(Pageable pageable) {
        return query(sort.and(pageable.getSort()));
    }

    private Query query(Sort order) {
        StoreQueryMapper queryMapper = new StoreQueryMapper(operations.getConverter());
        return Query.where(filter).sort(queryMapper.toStored(order, type)).limit(limit);
    }

    private Function<S, R> conversion() {
        if (resultType.isAssignableFrom(type)) {
            return resultType::cast;
        }
        if (resultType.isInterface()) {
            return entity -> projections.createProjection(resultType, entity);
        }
        Converter<Object, Object> instantiation = new DtoInstantiatingConverter(
                resultType,
                operations.getConverter().getMappingContext(),
                operations.getConverter().getEntityInstantiators());
        return entity -> resultType.cast(instantiation.convert(entity));
    }
}
