package org.storedb.spring.data.repository.support;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;
import org.springframework.data.util.Streamable;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.EntityProjectionFactory;
import org.storedb.spring.data.core.EntityQueries;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.repository.StoreRepository;

/**
 * The methods of every repository, implemented with {@link StoreOperations}. Methods that write are transactional, so
 * that listeners to their events are notified of the commit; a single read is consistent without a transaction.
 */
public class SimpleStoreRepository<T, ID> implements StoreRepository<T, ID> {

    private final StoreOperations operations;
    private final Class<T> type;
    private ProjectionFactory projections = new EntityProjectionFactory();

    public SimpleStoreRepository(EntityInformation<T, ID> entityInformation, StoreOperations operations) {
        this.operations = operations;
        this.type = entityInformation.getJavaType();
    }

    /** Sets the factory of projections for query by example. Called before the repository is used. */
    void setProjectionFactory(ProjectionFactory projectionFactory) {
        this.projections = projectionFactory;
    }

    @Override
    @Transactional
    public <S extends T> S insert(S entity) {
        return operations.insert(entity);
    }

    @Override
    @Transactional
    public <S extends T> List<S> insertAll(Iterable<S> entities) {
        return operations.insertAll(entities);
    }

    @Override
    @Transactional
    public <S extends T> S update(S entity) {
        return operations.update(entity);
    }

    @Override
    @Transactional
    public <S extends T> S save(S entity) {
        return operations.save(entity);
    }

    @Override
    @Transactional
    public <S extends T> List<S> saveAll(Iterable<S> entities) {
        return operations.saveAll(entities);
    }

    @Override
    public Optional<T> findById(ID id) {
        return operations.findById(id, type);
    }

    @Override
    public boolean existsById(ID id) {
        return operations.existsById(id, type);
    }

    @Override
    public List<T> findAll() {
        return operations.findAll(type);
    }

    @Override
    public List<T> findAll(Sort sort) {
        return operations.findAll(sort, type);
    }

    @Override
    @Transactional(readOnly = true) // the page and the total come from one snapshot
    public Page<T> findAll(Pageable pageable) {
        return operations.findAll(pageable, type);
    }

    @Override
    public List<T> findAllById(Iterable<ID> ids) {
        return operations.findAllById(ids, type);
    }

    @Override
    public long count() {
        return operations.count(type);
    }

    @Override
    @Transactional
    public void delete(T entity) {
        if (mayBeStored(entity)) {
            operations.delete(entity);
        }
    }

    @Override
    @Transactional
    public void deleteById(ID id) {
        operations.deleteById(id, type);
    }

    @Override
    @Transactional
    public void deleteAllById(Iterable<? extends ID> ids) {
        operations.deleteAllById(ids, type);
    }

    @Override
    @Transactional
    public void deleteAll(Iterable<? extends T> entities) {
        operations.deleteAll(Streamable.of(entities).filter(this::mayBeStored));
    }

    /** Returns whether an entity may be stored: not without an id. A null is left to be rejected later. */
    private boolean mayBeStored(@Nullable T entity) {
        StoreConverter converter = operations.getConverter();
        return entity == null || converter.codec(type).storedId(converter.entityBehind(entity)) != null;
    }

    @Override
    @Transactional
    public void deleteAll() {
        operations.deleteAll(type);
    }

    @Override
    public <S extends T> Optional<S> findOne(Example<S> example) {
        return matching(example).one();
    }

    @Override
    public <S extends T> List<S> findAll(Example<S> example) {
        return matching(example).all();
    }

    @Override
    public <S extends T> List<S> findAll(Example<S> example, Sort sort) {
        return matching(example).sortBy(sort).all();
    }

    @Override
    @Transactional(readOnly = true) // the page and the total come from one snapshot
    public <S extends T> Page<S> findAll(Example<S> example, Pageable pageable) {
        return matching(example).page(pageable);
    }

    @Override
    public <S extends T> long count(Example<S> example) {
        return matching(example).count();
    }

    @Override
    public <S extends T> boolean exists(Example<S> example) {
        return matching(example).exists();
    }

    @Override
    public <S extends T, R extends @Nullable Object> R findBy(
            Example<S> example, Function<FetchableFluentQuery<S>, R> queryFunction) {
        return queryFunction.apply(matching(example));
    }

    private <S extends T> FetchableFluentQuery<S> matching(Example<S> example) {
        Class<S> probeType = example.getProbeType();
        Filter filter = ExampleFilters.filter(example, probeType, operations.getConverter());
        return new FluentStoreQuery<>(EntityQueries.matching(filter, probeType, operations, projections), probeType);
    }
}
