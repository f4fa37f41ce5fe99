package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.storedb.DocumentCollection;
import org.storedb.Savepoint;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;
import org.storedb.document.DocumentCodec;
import org.storedb.query.Query;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.transaction.StoreTransactions;

/**
 * {@link StoreOperations} over one store. Unless the store is read-only, the indexes that an entity declares are
 * created before its collection is first used. Entities pass through the callbacks of the {@code event} package, which
 * are taken from the application context. Safe for use by multiple threads.
 */
public class StoreTemplate implements StoreOperations, ApplicationContextAware {

    private final Store store;
    private final StoreConverter converter;
    private final StoreQueryMapper queryMapper;
    private final StoreExceptionTranslator exceptionTranslator;
    private final EntityCollections collections;
    private final ReferenceDepth references = new ReferenceDepth();

    public StoreTemplate(Store store, StoreConverter converter) {
        this(store, converter, new StoreExceptionTranslator());
    }

    /**
     * Creates a template over a store.
     *
     * @throws IllegalArgumentException if a template over another store uses {@code converter}
     */
    public StoreTemplate(Store store, StoreConverter converter, StoreExceptionTranslator exceptionTranslator) {
        this.store = store;
        this.converter = converter;
        this.queryMapper = new StoreQueryMapper(converter);
        this.exceptionTranslator = exceptionTranslator;
        this.collections = new EntityCollections(store, converter);
        converter.readReferencesFrom(store, this::referredTo);
    }

    /** Returns the referenced entity as the running transaction sees it or, without one, as it is now. */
    public @Nullable Object referredTo(Class<?> type, Object documentId) {
        return references.following(
                type,
                documentId,
                () -> execute(type, collection -> collection.get(documentId).orElse(null)));
    }

    /** Uses the callbacks among the beans of {@code context}, unless others have been set. */
    @Override
    public void setApplicationContext(ApplicationContext context) {
        if (collections.callbacks() == LifecycleCallbacks.NONE) {
            collections.use(LifecycleCallbacks.of(context));
        }
    }

    /** Uses these callbacks and no others. */
    public void setEntityCallbacks(EntityCallbacks entityCallbacks) {
        collections.use(LifecycleCallbacks.of(entityCallbacks));
    }

    /**
     * Creates the indexes that these entities declare, so that errors in them show early.
     *
     * @throws org.springframework.dao.DuplicateKeyException if stored entities violate a unique index
     */
    public void createIndexes(Iterable<? extends StorePersistentEntity<?>> entities) {
        entities.forEach(entity -> exceptionTranslator.translated(() -> collections.of(entity.getType())));
    }

    @Override
    public void prepareRepository(Class<?> type) {
        exceptionTranslator.translated(() -> {
            collections.indexByType(type);
            return null;
        });
    }

    @Override
    public StoreConverter getConverter() {
        return converter;
    }

    /** Returns the store of all entities. */
    public Store getStore() {
        return store;
    }

    /**
     * Returns a codec that reads documents as this template does: as entities of a class that have passed through the
     * callbacks.
     */
    public <T> DocumentCodec<T> readingCodec(Class<T> type) {
        return collections.of(type).readingCodec();
    }

    @Override
    public boolean completesEntities() {
        return collections.callbacks().completeEntities();
    }

    @Override
    public <T> T insert(T entity) {
        return write(required(entity, "entity", "insert"), EntityCollection::insert);
    }

    @Override
    public <T> List<T> insertAll(Iterable<? extends T> entities) {
        return writeAll(entities, "insertAll", EntityCollection::insert);
    }

    @Override
    public <T> T update(T entity) {
        return write(required(entity, "entity", "update"), EntityCollection::update);
    }

    @Override
    public <T> T save(T entity) {
        return write(required(entity, "entity", "save"), EntityCollection::save);
    }

    @Override
    public <T> List<T> saveAll(Iterable<? extends T> entities) {
        return writeAll(entities, "saveAll", EntityCollection::save);
    }

    @Override
    public <T> Optional<T> findById(Object id, Class<T> type) {
        return execute(type, collection -> collection.get(documentId(id, type, "findById")));
    }

    @Override
    public <T> List<T> findAllById(Iterable<?> ids, Class<T> type) {
        return exceptionTranslator.translated(() -> {
            EntityCollection<T> entities = collections.of(type);
            Transaction transaction = StoreTransactions.current(store);
            DocumentCollection<T> collection = entities.in(transaction == null ? store.snapshot() : transaction);
            List<T> found = new ArrayList<>();
            required(ids, "ids", "findAllById")
                    .forEach(id ->
                            collection.get(documentId(id, type, "findAllById")).ifPresent(found::add));
            return found;
        });
    }

    @Override
    public <T> List<T> findAll(Class<T> type) {
        return findAll(Sort.unsorted(), type);
    }

    @Override
    public <T> List<T> findAll(Sort sort, Class<T> type) {
        Query query = Query.all().sort(queryMapper.toStored(required(sort, "sort", "findAll"), type));
        return execute(type, collection -> collection.find(query).toList());
    }

    @Override
    public <T> Page<T> findAll(Pageable pageable, Class<T> type) {
        return query(type).page(required(pageable, "pageable", "findAll"));
    }

    @Override
    public <T> List<T> find(Query query, Class<T> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.find(stored).toList());
    }

    @Override
    public <T> Stream<T> stream(Query query, Class<T> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.find(stored));
    }

    @Override
    public <T> Optional<T> findOne(Query query, Class<T> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.findOne(stored));
    }

    @Override
    public long count(Class<?> type) {
        return execute(type, DocumentCollection::count);
    }

    @Override
    public long count(Query query, Class<?> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.count(stored));
    }

    @Override
    public boolean existsById(Object id, Class<?> type) {
        return execute(type, collection -> collection.exists(documentId(id, type, "existsById")));
    }

    @Override
    public boolean exists(Query query, Class<?> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.exists(stored));
    }

    @Override
    public void delete(Object entity) {
        write(required(entity, "entity", "delete"), EntityCollection::delete);
    }

    @Override
    public <T> void deleteAll(Iterable<? extends T> entities) {
        writeAll(entities, "deleteAll", EntityCollection::delete);
    }

    @Override
    public boolean deleteById(Object id, Class<?> type) {
        return execute(type, collection -> collection.delete(documentId(id, type, "deleteById")));
    }

    @Override
    public void deleteAllById(Iterable<?> ids, Class<?> type) {
        executeAtomically(type, collection -> {
            required(ids, "ids", "deleteAllById")
                    .forEach(id -> collection.delete(documentId(id, type, "deleteAllById")));
            return null;
        });
    }

    @Override
    public long delete(Query query, Class<?> type) {
        Query stored = queryMapper.toStored(query, type);
        return execute(type, collection -> collection.delete(stored));
    }

    @Override
    public long deleteAll(Class<?> type) {
        return execute(type, collection -> collection.delete(Query.all()));
    }

    @Override
    @SuppressWarnings("unchecked") // a stream of the same elements
    public <T, R extends @Nullable Object> R execute(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action) {
        R result = exceptionTranslator.<R>translated(
                () -> action.apply(collections.of(type).in(StoreTransactions.currentContext(store))));
        return result instanceof Stream<?> stream ? (R) exceptionTranslator.translated(stream) : result;
    }

    @Override
    public <T, R extends @Nullable Object> R executeAtomically(
            Class<T> type, Function<? super DocumentCollection<T>, ? extends R> action) {
        return exceptionTranslator.translated(() -> {
            EntityCollection<T> entities = collections.of(type);
            return atomically(context -> action.apply(entities.in(context)));
        });
    }

    private <T> T write(T entity, EntityCollection.Planner planner) {
        return exceptionTranslator.translated(() -> {
            T own = converter.entityBehind(entity);
            EntityCollection.Write<T> write = planner.plan(collections.holding(own), own);
            T written =
                    write.severalSteps() ? atomically(write::in) : write.in(StoreTransactions.currentContext(store));
            return write.afterwards().apply(written);
        });
    }

    private <T> List<T> writeAll(Iterable<? extends T> entities, String method, EntityCollection.Planner planner) {
        return exceptionTranslator.translated(() -> {
            List<EntityCollection.Write<T>> writes = new ArrayList<>();
            for (T entity : required(entities, "entities", method)) {
                int position = writes.size();
                T own = converter.entityBehind(requiredAt(position, entity, method));
                writes.add(new ListedEntity<>(position, own, collections.holding(own)).plan(planner));
            }
            List<T> written = atomically(
                    context -> writes.stream().map(write -> write.in(context)).toList());
            List<T> results = new ArrayList<>();
            for (int at = 0; at < written.size(); at++) {
                results.add(writes.get(at).afterwards().apply(written.get(at)));
            }
            return List.copyOf(results);
        });
    }

    /**
     * Runs work in the running transaction, where a failure rolls back this work only, or in a transaction of its own.
     */
    private <R extends @Nullable Object> R atomically(Function<StoreContext, ? extends R> work) {
        Transaction transaction = StoreTransactions.current(store);
        if (transaction == null) {
            return store.inTransaction(work::apply);
        }
        Savepoint savepoint = transaction.savepoint();
        try {
            return work.apply(transaction);
        } catch (Throwable e) { // Code in Kotlin can throw checked exceptions.
            transaction.rollbackTo(savepoint);
            throw e;
        } finally {
            transaction.release(savepoint);
        }
    }

    private Object documentId(Object id, Class<?> type, String method) {
        return converter.codec(type).documentId(required(id, "id", method));
    }

    private static <T> T requiredAt(int position, @Nullable T entity, String method) {
        return entity != null ? entity : required(entity, "entity at " + ListedEntity.label(position), method);
    }

    /** Rejects a null argument, which callers may pass despite its declaration as non-null. */
    private static <A> A required(@Nullable A argument, String name, String method) {
        if (argument == null) {
            throw new IllegalArgumentException("The %s given to %s must not be null".formatted(name, method));
        }
        return argument;
    }
}
