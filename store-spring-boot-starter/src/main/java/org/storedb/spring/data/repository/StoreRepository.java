package org.storedb.spring.data.repository;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.ListQueryByExampleExecutor;

/**
 * A repository of documents. {@code save} inserts new entities and updates existing ones, but for an entity with an
 * assigned id and without a version it cannot tell which of the two applies, and accepts both. {@code insert} and
 * {@code update} are explicit.
 */
@NoRepositoryBean
public interface StoreRepository<T, ID>
        extends ListCrudRepository<T, ID>, ListPagingAndSortingRepository<T, ID>, ListQueryByExampleExecutor<T> {

    /**
     * Stores a new entity, which is assigned an id if it has none.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the id or a unique value is taken
     */
    <S extends T> S insert(S entity);

    /** Stores new entities, either all or none. */
    <S extends T> List<S> insertAll(Iterable<S> entities);

    /**
     * Replaces the stored entity that has the same id.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if there is none and the entity has no version
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has another version, or has been deleted
     */
    <S extends T> S update(S entity);
}
