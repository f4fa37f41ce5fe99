package org.storedb.spring.data.core;

import java.util.Optional;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.error.DocumentNotFoundException;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;

/** The collection of one entity class, and how its entities are written to it. */
final class EntityCollection<T> {

    private final Store store;
    private final MappingDocumentCodec<T> codec;
    private final String name;
    private final DocumentCollection<T> direct;

    EntityCollection(Store store, MappingDocumentCodec<T> codec) {
        this.store = store;
        this.codec = codec;
        this.name = codec.entity().getCollectionName();
        this.direct = store.collection(name, codec);
    }

    MappingDocumentCodec<T> codec() {
        return codec;
    }

    DocumentCollection<T> in(StoreContext context) {
        return context == store ? direct : context.collection(name, codec);
    }

    /**
     * How to store an entity as it is now. Decided once and before anything is written, because storing an entity may
     * set its id and version and the write may be tried again.
     */
    Write<T> save(T entity) {
        if (codec.entity().isNew(entity)) {
            return insert(entity);
        }
        if (codec.entity().hasVersionProperty()) {
            return update(entity);
        }
        return collection -> collection.save(entity);
    }

    Write<T> insert(T entity) {
        return collection -> collection.insert(entity);
    }

    Write<T> update(T entity) {
        Optional<Long> revision = expectedRevision(entity);
        if (revision.isEmpty()) {
            return collection -> collection.replace(entity).document();
        }
        return collection -> {
            try {
                return collection.replace(entity, revision.get()).document();
            } catch (DocumentNotFoundException e) {
                throw gone(entity, e);
            }
        };
    }

    Write<T> delete(T entity) {
        Object id = requiredId(entity);
        Optional<Long> revision = expectedRevision(entity);
        return collection -> {
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
        };
    }

    /** One change of the collection, which can be made again in another transaction. */
    interface Write<T> {
        T in(DocumentCollection<T> collection);
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

    private Object requiredId(T entity) {
        Object id = codec.id(entity);
        if (id == null) {
            throw new InvalidDataAccessApiUsageException("The %s has no id, so it cannot be deleted"
                    .formatted(codec.entity().getType().getSimpleName()));
        }
        return id;
    }

    private OptimisticLockingFailureException gone(T entity, DocumentNotFoundException cause) {
        return new OptimisticLockingFailureException(
                "The %s with id '%s' has been deleted since it was read"
                        .formatted(codec.entity().getType().getSimpleName(), codec.id(entity)),
                cause);
    }
}
