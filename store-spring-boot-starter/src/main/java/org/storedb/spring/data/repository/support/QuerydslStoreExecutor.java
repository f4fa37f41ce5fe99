package org.storedb.spring.data.repository.support;

import com.querydsl.core.types.OrderSpecifier;
import com.querydsl.core.types.Predicate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.querydsl.ListQuerydslPredicateExecutor;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.EntityQuery;
import org.storedb.spring.data.core.StoreOperations;

/** Executor of Querydsl predicates, for repositories that extend one of Spring Data's executor interfaces. */
public class QuerydslStoreExecutor<T> implements ListQuerydslPredicateExecutor<T> {

    private final Class<T> type;
    private final StoreOperations operations;
    private final ProjectionFactory projections;

    public QuerydslStoreExecutor(Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        this.type = type;
        this.operations = operations;
        this.projections = projections;
    }

    @Override
    public Optional<T> findOne(Predicate predicate) {
        return matching(predicate).one();
    }

    @Override
    public List<T> findAll(Predicate predicate) {
        return matching(predicate).all();
    }

    @Override
    public List<T> findAll(Predicate predicate, Sort sort) {
        return matching(predicate).sort(sort).all();
    }

    @Override
    public List<T> findAll(Predicate predicate, OrderSpecifier<?>... orders) {
        return matching(predicate).sort(QuerydslFilters.sort(orders)).all();
    }

    @Override
    public List<T> findAll(OrderSpecifier<?>... orders) {
        return all().sort(QuerydslFilters.sort(orders)).all();
    }

    @Override
    @Transactional(readOnly = true) // the page and the total come from one snapshot
    public Page<T> findAll(Predicate predicate, Pageable pageable) {
        return matching(predicate).page(pageable);
    }

    @Override
    public long count(Predicate predicate) {
        return matching(predicate).count();
    }

    @Override
    public boolean exists(Predicate predicate) {
        return matching(predicate).exists();
    }

    @Override
    @SuppressWarnings("unchecked") // all entities are of one class
    public <S extends T, R extends @Nullable Object> R findBy(
            Predicate predicate, Function<FetchableFluentQuery<S>, R> queryFunction) {
        return queryFunction.apply(new FluentStoreQuery<>((EntityQuery<S>) matching(predicate), type));
    }

    private EntityQuery<T> matching(Predicate predicate) {
        return all().matching(QuerydslFilters.filter(predicate));
    }

    private EntityQuery<T> all() {
        return EntityQueries.all(type, operations, projections);
    }
}
