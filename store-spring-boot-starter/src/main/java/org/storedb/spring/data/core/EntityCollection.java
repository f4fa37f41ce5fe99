package org.storedb.spring.data.core;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.storedb.DocumentCollection;
import org.storedb.Expiry;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.document.DocumentCodec;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.error.DuplicateIdException;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.event.StoreAfterConvertCallback;
import org.storedb.spring.data.core.event.StoreAfterDeleteCallback;
import org.storedb.spring.data.core.event.StoreAfterSaveCallback;
import org.storedb.spring.data.core.event.StoreBeforeConvertCallback;
import org.storedb.spring.data.core.event.StoreBeforeDeleteCallback;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;

/** The collection of one entity class, and the way its entities are written to it. */
final class EntityCollection<T> {

    private final Store store;
    private final MappingDocumentCodec<T> codec;
    private final DocumentCodec<T> readingCodec;
    private final LifecycleCallbacks callbacks;
    private final EntityExpiry expiry;
    private final String name;
    private final @Nullable Filter restriction;
    private final DocumentCollection<T> direct;

    /**
     * Creates the collection of a class.
     *
     * @param restriction the filter that matches the documents of this class; {@code null} if it matches all in the
     *     collection
     */
    EntityCollection(
            Store store,
            MappingDocumentCodec<T> codec,
            @Nullable Filter restriction,
            EntityExpiry expiry,
            LifecycleCallbacks callbacks) {
        this.store = store;
        this.codec = codec;
        this.expiry = expiry;
        this.callbacks = callbacks;
        this.readingCodec =
                callbacks.use(StoreAfterConvertCallback.class) ? new CallbackCodec<>(codec, callbacks) : codec;
        this.name = codec.entity().getCollectionName();
        this.restriction = restriction;
        this.direct = restricted(store.collection(name, readingCodec));
    }

    MappingDocumentCodec<T> codec() {
        return codec;
    }

    DocumentCodec<T> readingCodec() {
        return readingCodec;
    }

    DocumentCollection<T> in(StoreContext context) {
        return context == store ? direct : restricted(context.collection(name, readingCodec));
    }

    private DocumentCollection<T> restricted(DocumentCollection<T> collection) {
        return restriction == null ? collection : new RestrictedCollection<>(collection, restriction);
    }

    /**
     * Plans how to store an entity as it is now. The decision is made once, before anything is written, because storing
     * an entity may set its id and version, and the write may be retried.
     */
    Write<T> save(T entity) {
        if (codec.entity().isNew(entity)) {
            return insert(entity);
        }
        if (codec.entity().hasVersionProperty()) {
            return update(entity);
        }
        T prepared = prepared(entity);
        Expiry own = expiry.of(prepared);
        return write(collection -> own == null ? collection.save(prepared) : collection.save(prepared, own));
    }

    Write<T> insert(T entity) {
        T converted = prepared(entity);
        boolean hadId = codec.storedId(converted) != null;
        T prepared = codec.withId(converted, () -> store.sequence(name).next());
        boolean isNumbered = !hadId && codec.storedId(prepared) != null;
        Expiry own = expiry.of(prepared);
        return write(collection -> {
            try {
                return own == null ? collection.insert(prepared) : collection.insert(prepared, own);
            } catch (DuplicateIdException e) {
                throw isNumbered ? numberTaken(e) : e;
            }
        });
    }

    Write<T> update(T entity) {
        T prepared = prepared(entity);
        Optional<Long> revision = expectedRevision(prepared);
        Object id = requiredId(prepared, "updated");
        Expiry own = expiry.of(prepared);
        if (own == null) {
            return write(collection -> replace(collection, prepared, revision));
        }
        return new Write<>(
                this,
                collection -> {
                    T replaced = replace(collection, prepared, revision);
                    collection.expire(id, own);
                    return replaced;
                },
                this::afterSave,
                true);
    }

    private Write<T> write(Function<DocumentCollection<T>, T> change) {
        return new Write<>(this, change, this::afterSave, false);
    }

    Write<T> delete(T entity) {
        T prepared = callbacks.call(StoreBeforeDeleteCallback.class, entity, name);
        Object id = requiredId(prepared, "deleted");
        Optional<Long> revision = expectedRevision(prepared);
        return new Write<>(
                this,
                collection -> delete(collection, prepared, id, revision),
                deleted -> callbacks.call(StoreAfterDeleteCallback.class, deleted, name),
                false);
    }

    /**
     * A change to a collection.
     *
     * @param change makes the change, and can be repeated in another transaction
     * @param afterwards calls the callbacks, once the change is final as far as this call is concerned
     * @param severalSteps whether the change is atomic only in a transaction
     */
    record Write<T>(
            EntityCollection<T> collection,
            Function<DocumentCollection<T>, T> change,
            UnaryOperator<T> afterwards,
            boolean severalSteps) {

        /** Makes the change in a transaction or, on its own, in the store. */
        T in(StoreContext context) {
            return change.apply(collection.in(context));
        }
    }

    /** Decision on how an entity is written, made before anything is. */
    interface Planner {
        <T> Write<T> plan(EntityCollection<T> collection, T entity);
    }

    private T prepared(T entity) {
        T converted = callbacks.call(StoreBeforeConvertCallback.class, entity, name);
        return callbacks.call(StoreBeforeSaveCallback.class, converted, name);
    }

    private T afterSave(T stored) {
        return callbacks.call(StoreAfterSaveCallback.class, stored, name);
    }

    private T replace(DocumentCollection<T> collection, T entity, Optional<Long> revision) {
        if (revision.isEmpty()) {
            return collection.replace(entity).document();
        }
        try {
            return collection.replace(entity, revision.get()).document();
        } catch (DocumentNotFoundException e) {
            throw gone(entity, e);
        }
    }

    private T delete(DocumentCollection<T> collection, T entity, Object id, Optional<Long> revision) {
        if (revision.isEmpty()) {
            collection.delete(id);
            return entity;
        }
        try {
            collection.delete(id, revision.get());
            return entity;
        } catch (DocumentNotFoundException e) {
            throw gone(entity, e);
        }
    }

    private Optional<Long> expectedRevision(T entity) {
        if (!codec.entity().hasVersionProperty()) {
            return Optional.empty();
        }
        Long revision = codec.revision(entity);
        if (revision == null) {
            throw new OptimisticLockingFailureException(
                    "The %s has no version: it has not been stored or read yet; use insert or save"
                            .formatted(codec.entity().getType().getSimpleName()));
        }
        return Optional.of(revision);
    }

    private Object requiredId(T entity, String purpose) {
        Object id = codec.storedId(entity);
        if (id == null) {
            throw new InvalidDataAccessApiUsageException("The %s has no id, so it cannot be %s"
                    .formatted(codec.entity().getType().getSimpleName(), purpose));
        }
        return id;
    }

    private DuplicateKeyException numberTaken(DuplicateIdException cause) {
        return new DuplicateKeyException(
                "The next id from the sequence of '%s' is %s, which an entity has already been given by the application; advance the sequence beyond such ids: store.sequence(\"%1$s\").advanceTo(the greatest of them)"
                        .formatted(name, cause.id()),
                cause);
    }

    private OptimisticLockingFailureException gone(T entity, DocumentNotFoundException cause) {
        return new OptimisticLockingFailureException(
                "The %s with id '%s' has been deleted since it was read, or the transaction that stored it was rolled back"
                        .formatted(codec.entity().getType().getSimpleName(), codec.id(entity)),
                cause);
    }
}
