package org.storedb.spring.data.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.storedb.DocumentCollection;
import org.storedb.query.Query;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * Operations that store and find entities. Within a Spring transaction of the store every call is part of it; otherwise
 * each call, even one for several entities, is a transaction of its own.
 *
 * <p>Methods that store an entity return it as it is stored, with its id and version; for an immutable class this is a
 * different object from the one passed in. Queries name properties by their paths in the entity, and their values are
 * those of the entity; the position they continue from is one returned by {@link DocumentCollection#findPage}. All
 * failures of the store are Spring's {@link org.springframework.dao.DataAccessException}s.
 */
public interface StoreOperations {

    /**
     * Stores a new entity, which is assigned an id if it has none.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the id or a unique value is taken
     */
    <T> T insert(T entity);

    /** Stores new entities, either all or none. One that is rejected is named by its position and its id. */
    <T> List<T> insertAll(Iterable<? extends T> entities);

    /**
     * Replaces the stored entity that has the same id.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if there is none and the entity has no version
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has another version, or has been deleted
     */
    <T> T update(T entity);

    /**
     * Inserts a new entity and updates any other. One with an assigned id and without a version is stored whether or
     * not the id exists.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException if the stored one has another version, or has
     *     been deleted
     */
    <T> T save(T entity);

    /**
     * Saves several entities as {@link #save} does, either all or none. One that is rejected is named by its position
     * and its id.
     */
    <T> List<T> saveAll(Iterable<? extends T> entities);

    <T> Optional<T> findById(Object id, Class<T> type);

    <T> List<T> findAllById(Iterable<?> ids, Class<T> type);

    <T> List<T> findAll(Class<T> type);

    <T> List<T> findAll(Sort sort, Class<T> type);

    <T> Page<T> findAll(Pageable pageable, Class<T> type);

    <T> List<T> find(Query query, Class<T> type);

    /** Returns the matches of a query from one snapshot taken now, read lazily by the stream. */
    <T> Stream<T> stream(Query query, Class<T> type);

    /** Returns the first match in the query's order. */
    <T> Optional<T> findOne(Query query, Class<T> type);

    long count(Class<?> type);

    long count(Query query, Class<?> type);

    boolean existsById(Object id, Class<?> type);

    boolean exists(Query query, Class<?> type);

    /**
     * Deletes an entity; if it has a version, only that version.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has a version and the stored one has
     *     another, or has been deleted
     */
    void delete(Object entity);

    /** Deletes several entities as {@link #delete(Object)} does, either all or none. */
    <T> void deleteAll(Iterable<? extends T> entities);

    /**
     * Deletes the entity with this id.
     *
     * @return whether it existed
     */
    boolean deleteById(Object id, Class<?> type);

    /** Deletes those entities with the given ids that exist. */
    void deleteAllById(Iterable<?> ids, Class<?> type);

    /**
     * Deletes the matches of a query.
     *
     * @return the number of entities deleted
     */
    long delete(Query query, Class<?> type);

    /** Deletes all entities of a class and returns their number. */
    long deleteAll(Class<?> type);

    /**
     * Runs {@code action} on the collection of an entity, in the running transaction if there is one. It works on the
     * stored form: queries contain the stored names of fields and the stored form of values. Of the callbacks, only
     * those for entities that are read are called.
     *
     * @return the result of the action; in place of a {@link Stream}, one of the same elements that is read when it is
     *     consumed, and fails like any other operation
     */
    <T, R extends @Nullable Object> R execute(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action);

    /**
     * Runs {@code action} like {@link #execute}, but atomically: in the running transaction, or in one of its own,
     * which is retried after a conflict.
     */
    <T, R extends @Nullable Object> R executeAtomically(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action);

    StoreConverter getConverter();

    /** Creates a query for entities of a class. */
    default <T> EntityQuery<T> query(Class<T> type) {
        return EntityQueries.all(type, this);
    }

    /** Creates an update in place of entities of a class. */
    default EntityUpdate update(Class<?> type) {
        return MatchingDocuments.all(this, type);
    }

    /** Creates a removal of entities of a class. */
    default <T> EntityRemoval<T> remove(Class<T> type) {
        return MatchingDocuments.all(this, type);
    }

    /**
     * Returns whether callbacks complete entities after they are read, so that fields of documents do not show all
     * their data.
     */
    default boolean completesEntities() {
        return false;
    }

    /**
     * Prepares for a repository of a class. If its documents share a collection with those of other classes, this
     * creates an index to find them by, so that a repository of few among many does not read all of them.
     */
    default void prepareRepository(Class<?> type) {}
}
