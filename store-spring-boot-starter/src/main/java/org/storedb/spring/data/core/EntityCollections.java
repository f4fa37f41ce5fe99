package org.storedb.spring.data.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.storedb.DocumentCollection;
import org.storedb.ExpiryPolicy;
import org.storedb.Store;
import org.storedb.error.IndexConflictException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.DeclaredIndex;
import org.storedb.spring.data.core.mapping.StoreIndexResolver;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * The collections of a store by the classes of their entities. Unless the store is read-only, a collection is given the
 * indexes and the expiry policy that the class declares before it is first used. Safe for use by multiple threads.
 */
final class EntityCollections {

    private final Store store;
    private final StoreConverter converter;
    private final StoreMappingContext mappingContext;
    private final StoreQueryMapper queryMapper;
    private final StoreIndexResolver indexResolver;
    private final Map<Class<?>, EntityCollection<?>> opened = new ConcurrentHashMap<>();
    private volatile LifecycleCallbacks callbacks = LifecycleCallbacks.NONE;

    EntityCollections(Store store, StoreConverter converter) {
        this.store = store;
        this.converter = converter;
        this.mappingContext = converter.getMappingContext();
        this.queryMapper = new StoreQueryMapper(converter);
        this.indexResolver = new StoreIndexResolver(mappingContext);
    }

    LifecycleCallbacks callbacks() {
        return callbacks;
    }

    /** Makes entities pass through these callbacks from now on. */
    void use(LifecycleCallbacks newCallbacks) {
        callbacks = newCallbacks;
        opened.clear();
    }

    /** Returns the collection of the entities of a class. */
    @SuppressWarnings("unchecked") // a collection is kept under the class of its entities
    <T> EntityCollection<T> of(Class<T> type) {
        EntityCollection<?> known = opened.get(type);
        return (EntityCollection<T>) (known == null ? opened.computeIfAbsent(type, this::open) : known);
    }

    /** Returns the collection that an entity belongs to. */
    @SuppressWarnings("unchecked") // the class of an entity is that of its collection
    <T> EntityCollection<T> holding(T entity) {
        return (EntityCollection<T>) of(ClassUtils.getUserClass(entity));
    }

    /** Creates an index to find the entities of a class by, if they share their collection with those of others. */
    void indexByType(Class<?> type) {
        StorePersistentEntity<?> entity = converter.codec(type).entity();
        boolean sharesCollection = mappingContext.getDistinguishingFilter(entity) != null;
        if (sharesCollection && !store.isReadOnly()) {
            IndexDefinition ofTypes =
                    IndexDefinition.on(StorePersistentEntity.TYPE_FIELD).named("type-alias");
            store.collection(entity.getCollectionName()).createIndex(ofTypes);
        }
    }

    private EntityCollection<?> open(Class<?> type) {
        MappingDocumentCodec<?> codec = converter.codec(type);
        EntityCollection<?> collection = collection(codec);
        List<DeclaredIndex> indexes = indexResolver.indexesOf(codec.entity());
        Optional<ExpiryPolicy> expiry = ExpiryResolver.policyOf(codec.entity(), mappingContext);
        if (!store.isReadOnly()) { // Otherwise the writing process has set them up.
            indexes.forEach(index -> createIndex(collection, definition(index, type), type));
            expiry.ifPresent(policy -> setExpiryPolicy(codec.entity().getCollectionName(), policy));
        }
        return collection;
    }

    /** Sets the policy of a collection, which may name a field of only some of the classes that share it. */
    private void setExpiryPolicy(String collectionName, ExpiryPolicy policy) {
        DocumentCollection<?> documents = store.collection(collectionName);
        if (!policy.equals(documents.expiryPolicy())) {
            documents.setExpiryPolicy(policy);
        }
    }

    private EntityCollection<?> collection(MappingDocumentCodec<?> codec) {
        StorePersistentEntity<?> entity = codec.entity();
        EntityExpiry expiry = new EntityExpiry(entity, mappingContext);
        try {
            return new EntityCollection<>(
                    store, codec, mappingContext.getDistinguishingFilter(entity), expiry, callbacks);
        } catch (InvalidNameException e) {
            throw new MappingException(
                    "%s cannot be stored: %s; rename its collection with @Document"
                            .formatted(entity.getType().getName(), e.getMessage()),
                    e);
        }
    }

    private void createIndex(EntityCollection<?> collection, IndexDefinition index, Class<?> type) {
        try {
            collection.in(store).createIndex(index);
        } catch (InvalidNameException e) {
            throw new MappingException(
                    "%s cannot have the index %s: %s".formatted(type.getName(), index.describe(), e.getMessage()), e);
        } catch (IndexConflictException e) {
            throw new InvalidDataAccessResourceUsageException(
                    "Entities of type %s declare an index that their collection has in another form. %s"
                            .formatted(type.getName(), e.getMessage()),
                    e);
        } catch (UniqueIndexViolationException e) {
            throw new DuplicateKeyException(
                    "Entities of type %s violate an index that the type declares. %s"
                            .formatted(type.getName(), e.getMessage()),
                    e);
        }
    }

    private IndexDefinition definition(DeclaredIndex index, Class<?> type) {
        return index.condition() == null
                ? index.definition()
                : index.definition().where(queryMapper.toStored(index.condition(), type));
    }
}
