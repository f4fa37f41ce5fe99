package org.storedb.spring.data.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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
import org.storedb.query.Filter;
import org.storedb.query.Query;
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

    private static final Log LOGGER = LogFactory.getLog(EntityCollections.class);

    private final Store store;
    private final StoreConverter converter;
    private final StoreMappingContext mappingContext;
    private final StoreQueryMapper queryMapper;
    private final StoreIndexResolver indexResolver;
    private final Map<Class<?>, EntityCollection<?>> opened = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> namesakes = new ConcurrentHashMap<>(); // of collections without a given name
    private final Set<String> warnings = ConcurrentHashMap.newKeySet(); // those already logged
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

    /**
     * Creates an index to find the entities of a class by, if they share their collection with those of others, and warns
     * of documents that cannot be found in this way.
     */
    void indexByType(Class<?> type) {
        StorePersistentEntity<?> entity = converter.codec(type).entity();
        requireOwnName(entity);
        boolean sharesCollection = mappingContext.getDistinguishingFilter(entity) != null;
        if (sharesCollection && !store.isReadOnly()) {
            IndexDefinition ofTypes =
                    IndexDefinition.on(StorePersistentEntity.TYPE_FIELD).named("type-alias");
            DocumentCollection<?> collection = store.collection(entity.getCollectionName());
            collection.createIndex(ofTypes);
            long untold = mappingContext.mayLackAlias(entity)
                    ? 0
                    : collection.count(Query.where(Filter.isNull(StorePersistentEntity.TYPE_FIELD)));
            if (untold > 0) {
                warnOnce(
                        "The collection '%s' has documents without %s (%d), which the repository of one of several classes does not find. If they were stored before their class had a @TypeAlias, set the field in a migration"
                                .formatted(entity.getCollectionName(), StorePersistentEntity.TYPE_FIELD, untold));
            }
        }
    }

    private EntityCollection<?> open(Class<?> type) {
        MappingDocumentCodec<?> codec = converter.codec(type);
        requireOwnName(codec.entity());
        EntityCollection<?> collection = collection(codec);
        List<DeclaredIndex> indexes = indexResolver.indexesOf(codec.entity());
        Optional<ExpiryPolicy> expiry = ExpiryResolver.policyOf(codec.entity(), mappingContext);
        if (!store.isReadOnly()) { // Otherwise the writing process has set them up.
            indexes.forEach(index -> createIndex(collection, definition(index, type), type));
            applyExpiry(expiry, codec.entity());
        }
        return collection;
    }

    /** Rejects one of two classes whose entities would be mixed up, because only their packages differ. */
    private void requireOwnName(StorePersistentEntity<?> entity) {
        Class<?> own = entity.getCollectionNamesake();
        if (own == null) {
            return;
        }
        Class<?> other = namesakes.putIfAbsent(entity.getCollectionName(), own);
        if (other != null && other != own) {
            throw new MappingException(
                    "%s and %s would be stored in the same collection, '%s', because they have the same simple name; name the collection of one with @Document"
                            .formatted(other.getName(), own.getName(), entity.getCollectionName()));
        }
    }

    /** Applies the policy, which may name a field of only some of the classes that share the collection. */
    private void applyExpiry(Optional<ExpiryPolicy> declared, StorePersistentEntity<?> entity) {
        DocumentCollection<?> documents = store.collection(entity.getCollectionName());
        ExpiryPolicy current = documents.expiryPolicy();
        if (declared.isPresent() && !declared.get().equals(current)) {
            documents.setExpiryPolicy(declared.get());
        } else if (declared.isEmpty() && !current.equals(ExpiryPolicy.none())) {
            warnOnce(
                    "Documents of the collection '%s' expire %s, by a policy stored with it, but %s declares no @Expires. To end this, call setExpiryPolicy(ExpiryPolicy.none()) in a migration, and persist for those already stored"
                            .formatted(entity.getCollectionName(), current, entity.getName()));
        }
    }

    private void warnOnce(String message) {
        if (warnings.add(message)) {
            LOGGER.warn(message);
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
