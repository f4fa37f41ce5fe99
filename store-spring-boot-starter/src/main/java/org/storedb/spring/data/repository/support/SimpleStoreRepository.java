package org.storedb.spring.data.repository.support;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.repository.StoreRepository;

/**
 * What every repository can do, by way of {@link StoreOperations}. Methods that write are transactions, so that listeners
 * of their events hear of the commit; those that read once need none to see one state.
 */
public class SimpleStoreRepository<T, ID> implements StoreRepository<T, ID> {

    private final StoreOperations operations;
    private final Class<T> type;

    public SimpleStoreRepository(EntityInformation<T, ID> entityInformation, StoreOperations operations) {
        this.operations = operations;
        this.type = entityInformation.getJavaType();
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
    @Transactional(readOnly = true) // the page and the total are of one state
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
        operations.delete(entity);
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
        operations.deleteAll(entities);
    }

    @Override
    @Transactional
    public void deleteAll() {
        operations.deleteAll(type);
    }
}
