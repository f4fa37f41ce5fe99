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
 * Stores and finds entities. Within a Spring transaction of the store every call is part of it; otherwise each call is a
 * transaction of its own, also one for several entities.
 *
 * <p>Methods that store an entity return it as it is stored, with its id and version; with an immutable class that is
 * another object than the one handed in. Queries name properties by their paths in the entity and take values as the
 * entity has them; a place that they go on from is one that {@link DocumentCollection#findPage} gave. All failures of the
 * store are Spring's {@link org.springframework.dao.DataAccessException}s.
 */
public interface StoreOperations {

    /**
     * Stores a new entity; without an id it gets one.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the id or a unique value is taken
     */
    <T> T insert(T entity);

    /** Stores new entities, all or none. */
    <T> List<T> insertAll(Iterable<? extends T> entities);

    /**
     * Replaces the stored entity that has this one's id.
     *
     * @throws org.springframework.dao.DataRetrievalFailureException if there is none and the entity has no version
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has another version, or has been deleted
     */
    <T> T update(T entity);

    /**
     * Inserts a new entity and updates any other. One with a given id and without a version is stored whether or not
     * there is one with its id.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException if the stored one has another version, or has
     *     been deleted
     */
    <T> T save(T entity);

    /** {@link #save} for several entities, all or none. */
    <T> List<T> saveAll(Iterable<? extends T> entities);

    <T> Optional<T> findById(Object id, Class<T> type);

    <T> List<T> findAllById(Iterable<?> ids, Class<T> type);

    <T> List<T> findAll(Class<T> type);

    <T> List<T> findAll(Sort sort, Class<T> type);

    <T> Page<T> findAll(Pageable pageable, Class<T> type);

    <T> List<T> find(Query query, Class<T> type);

    /** The matches of a query, from one snapshot taken now, read as the stream gets to them. */
    <T> Stream<T> stream(Query query, Class<T> type);

    /** The first match in the query's order. */
    <T> Optional<T> findOne(Query query, Class<T> type);

    long count(Class<?> type);

    long count(Query query, Class<?> type);

    boolean existsById(Object id, Class<?> type);

    boolean exists(Query query, Class<?> type);

    /**
     * Deletes an entity, if it has a version only that version.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException if it has a version and the stored one has
     *     another, or has been deleted
     */
    void delete(Object entity);

    /** {@link #delete(Object)} for several entities of one class, all or none. */
    <T> void deleteAll(Iterable<? extends T> entities);

    /**
     * Deletes the entity with this id.
     *
     * @return whether there was one
     */
    boolean deleteById(Object id, Class<?> type);

    /** Deletes the entities with these ids, as far as there are any. */
    void deleteAllById(Iterable<?> ids, Class<?> type);

    /**
     * Deletes the matches of a query.
     *
     * @return how many there were
     */
    long delete(Query query, Class<?> type);

    /** Deletes all entities of a class and returns how many there were. */
    long deleteAll(Class<?> type);

    /**
     * Runs {@code action} on the collection of an entity, in the running transaction if there is one. Queries are passed
     * to it as they are: fields by their stored names, values in their stored form. Of the callbacks, only those for entities
     * that are read take part.
     */
    <T, R extends @Nullable Object> R execute(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action);

    /**
     * Like {@link #execute}, but as a whole or not at all: in the running transaction, or in one of its own, which is run
     * again after a conflict.
     */
    <T, R extends @Nullable Object> R executeAtomically(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action);

    StoreConverter getConverter();

    /** Begins a query for entities of a class. */
    default <T> EntityQuery<T> query(Class<T> type) {
        return EntityQueries.all(this, type);
    }

    /** Begins a change of entities of a class where they are. */
    default EntityUpdate update(Class<?> type) {
        return MatchingDocuments.all(this, type);
    }

    /** Begins a removal of entities of a class. */
    default <T> EntityRemoval<T> remove(Class<T> type) {
        return MatchingDocuments.all(this, type);
    }

    /** Whether callbacks complete entities after they are read, so that fields of documents do not show all they have. */
    default boolean completesEntities() {
        return false;
    }

    /**
     * Called before a class gets a repository. If its documents are in one collection with those of other classes, there is
     * an index by which they are found from then on, so that a repository of few among many does not read all of them.
     */
    default void prepareRepository(Class<?> type) {}
}
