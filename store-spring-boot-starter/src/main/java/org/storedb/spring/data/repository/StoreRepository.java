package org.storedb.spring.data.repository;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.query.ListQueryByExampleExecutor;

/**
 * A repository of documents. Beside {@code save}, which inserts what is new and updates what is not, it has the two
 * explicitly: {@code save} of an entity with a given id and without a version cannot know, and takes either.
 */
@NoRepositoryBean
public interface StoreRepository<T, ID>
        extends ListCrudRepository<T, ID>, ListPagingAndSortingRepository<T, ID>, ListQueryByExampleExecutor<T> {

    /**
     * Stores a new entity; without an id it gets one.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the id or a unique value is taken
     */
    <S extends T> S insert(S entity);

    /** Stores new entities, all or none. */
    <S extends T> List<S> insertAll(Iterable<S> entities);

    /**
     * Replaces the stored entity that has this one's id.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if there is none and the entity has no version
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has another version, or has been deleted
     */
    <S extends T> S update(S entity);
}
