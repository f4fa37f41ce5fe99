package org.storedb.spring.data.core.convert;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.mapping.model.EntityInstantiators;
import org.storedb.Store;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Converter that determines how entities are stored, and how their properties are used in queries. */
public class StoreConverter {

    private final StoreMappingContext mappingContext;
    private final ConversionService conversionService;
    private final EntityInstantiators instantiators = new EntityInstantiators();
    private final ValueMappers mappers;
    private final Map<Class<?>, MappingDocumentCodec<?>> codecs = new ConcurrentHashMap<>();

    private volatile @Nullable ReferenceLoader referenceLoader;
    private @Nullable Store store;

    public StoreConverter(StoreMappingContext mappingContext, StoreCustomConversions customConversions) {
        DefaultConversionService conversions = new DefaultConversionService();
        customConversions.registerConvertersIn(conversions);
        this.mappingContext = mappingContext;
        this.conversionService = conversions;
        this.mappers = new ValueMappers(mappingContext, customConversions, conversions, instantiators, this);
    }

    public StoreMappingContext getMappingContext() {
        return mappingContext;
    }

    public EntityInstantiators getEntityInstantiators() {
        return instantiators;
    }

    /** Sets the loader of referenced entities, until a template uses this converter. */
    public void setReferenceLoader(ReferenceLoader referenceLoader) {
        this.referenceLoader = referenceLoader;
    }

    /**
     * Makes a template load referenced entities.
     *
     * @throws IllegalArgumentException if a template over another store already does so
     */
    public synchronized void readReferencesFrom(Store templateStore, ReferenceLoader template) {
        if (store != null && store != templateStore) {
            throw new IllegalArgumentException(
                    "A template over another store already uses this StoreConverter, and would follow references into"
                            + " the wrong store: give each template its own converter");
        }
        store = templateStore;
        referenceLoader = template;
    }

    /** Returns the entity behind a reference that is loaded on demand, or any other object itself. */
    public <T> T entityBehind(T object) {
        return LazyReference.entityBehind(object);
    }

    ReferenceLoader getReferenceLoader() {
        ReferenceLoader loader = referenceLoader;
        if (loader == null) {
            throw new IllegalStateException("References cannot be followed before a StoreTemplate uses this converter");
        }
        return loader;
    }

    /** Returns the conversions of values that callers pass in, such as text for an enum. */
    public ConversionService getConversionService() {
        return conversionService;
    }

    /**
     * Returns the codec that stores the entities of a class.
     *
     * @throws org.springframework.data.mapping.MappingException if they cannot be stored, naming the offending property
     */
    @SuppressWarnings("unchecked") // a codec is kept under its own class
    public <T> MappingDocumentCodec<T> codec(Class<T> type) {
        MappingDocumentCodec<?> known = codecs.get(type);
        if (known == null) {
            StorePersistentEntity<T> entity =
                    (StorePersistentEntity<T>) mappingContext.getRequiredPersistentEntity(type);
            known = codecs.computeIfAbsent(type, absent -> new MappingDocumentCodec<>(entity, mappers.entity(entity)));
        }
        return (MappingDocumentCodec<T>) known;
    }

    /** Resolves a path of properties, or of fields, of an entity; {@code null} if it refers to nothing. */
    public @Nullable QueryField field(Class<?> type, String path) {
        return QueryField.of(codec(type).mapper(), path, conversionService);
    }

    /** Resolves a path like {@link #field}, but possibly into the elements of collections. */
    public @Nullable FieldPath fieldPath(Class<?> type, String path) {
        ResolvedPath resolved = ResolvedPath.ofProperties(codec(type).mapper(), path);
        return resolved == null ? null : new FieldPath(resolved.arrays(), new QueryField(resolved, conversionService));
    }

    /** Returns why queries cannot use a path of an entity, after {@link #field} has found nothing. */
    public String whyNoField(Class<?> type, String path) {
        String refusal =
                "%s has no property '%s' that is stored and can be queried".formatted(type.getSimpleName(), path);
        FieldPath inside = fieldPath(type, path);
        if (inside != null && inside.isInElements()) {
            return refusal
                    + ": it is inside the elements of '%s'; a condition on them is '%<s has element (…)', Filter.elementMatches in Java"
                            .formatted(collectionOn(path, type));
        }
        return isProperty(path, type) ? refusal + ": " + whyNotStored(type, path) : refusal;
    }

    private String whyNotStored(Class<?> type, String path) {
        StorePersistentProperty version = codec(type).entity().getVersionProperty();
        if (version != null && version.getName().equals(path)) {
            return "it is the version, which is the revision of the document and none of its fields";
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String container = path.substring(0, dot);
            FieldPath field = fieldPath(type, container);
            if (field != null && field.field().isReference()) {
                return "'%s' refers to another entity, of which only the id is stored here; find the ids of those first, or store '%s' with the %s as well"
                        .formatted(container, path.substring(dot + 1), type.getSimpleName());
            }
        }
        return "it is transient, or part of a value that is stored as a whole";
    }

    /** Returns the path of the first property with elements. */
    private String collectionOn(String path, Class<?> type) {
        int dot = path.indexOf('.');
        while (dot >= 0) {
            QueryField field = field(type, path.substring(0, dot));
            if (field != null && field.isMultiValued()) {
                return path.substring(0, dot);
            }
            dot = path.indexOf('.', dot + 1);
        }
        return path;
    }

    private static boolean isProperty(String path, Class<?> type) {
        try {
            return PropertyPath.from(path, type).toDotPath().equals(path);
        } catch (PropertyReferenceException | IllegalArgumentException e) {
            return false;
        }
    }
}
