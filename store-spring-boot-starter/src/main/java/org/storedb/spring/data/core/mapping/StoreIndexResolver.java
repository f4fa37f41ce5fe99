package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.storedb.index.IndexDefinition;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.query.Sort.Direction;

/** Resolver of the indexes declared on an entity and on the objects nested in it. */
public final class StoreIndexResolver {

    private static final List<Class<? extends Annotation>> INDEX_ANNOTATIONS =
            List.of(Indexed.class, PlaceIndexed.class, WordsIndexed.class);

    private final StoreMappingContext mappingContext;

    public StoreIndexResolver(StoreMappingContext mappingContext) {
        this.mappingContext = mappingContext;
    }

    /**
     * Returns the declared indexes of {@code entity}.
     *
     * @throws MappingException if one is declared on a property that cannot have one
     */
    public List<DeclaredIndex> indexesOf(StorePersistentEntity<?> entity) {
        List<DeclaredIndex> indexes = new ArrayList<>();
        collectIndexedProperties(entity, "", new HashSet<>(), indexes);
        AnnotatedElementUtils.findMergedRepeatableAnnotations(
                        entity.getType(), CompoundIndex.class, CompoundIndexes.class)
                .forEach(annotation -> indexes.add(compoundIndex(entity, annotation)));
        return indexes;
    }

    private void collectIndexedProperties(
            StorePersistentEntity<?> entity, String prefix, Set<Class<?>> enclosing, List<DeclaredIndex> indexes) {
        if (!enclosing.add(entity.getType())) {
            return;
        }
        for (StorePersistentProperty property : entity) {
            String path = prefix + property.getFieldName();
            Indexed indexed = property.findAnnotation(Indexed.class);
            if (indexed != null) {
                indexes.add(index(entity, property, path, indexed));
            }
            PlaceIndexed place = property.findAnnotation(PlaceIndexed.class);
            if (place != null) {
                requirePlace(entity, property);
                indexes.add(
                        declared(IndexDefinition.onPlace(path), place.name(), false, place.where(), entity.getType()));
            }
            WordsIndexed words = property.findAnnotation(WordsIndexed.class);
            if (words != null) {
                requireText(entity, property);
                indexes.add(declared(
                        IndexDefinition.onWordsOf(path), words.name(), false, words.where(), entity.getType()));
            }
            StorePersistentEntity<?> nested = nestedEntity(property);
            if (nested != null && hasSeveral(property)) {
                requireNothingIndexed(nested, property, enclosing);
            } else if (nested != null) {
                collectIndexedProperties(nested, path + '.', enclosing, indexes);
            }
        }
        enclosing.remove(entity.getType());
    }

    /**
     * Rejects an index inside the elements of a collection or the values of a map. A class with an id is left alone:
     * its indexes are for its own documents.
     */
    private void requireNothingIndexed(
            StorePersistentEntity<?> element, StorePersistentProperty container, Set<Class<?>> enclosing) {
        if (element.hasIdProperty() || !enclosing.add(element.getType())) {
            return;
        }
        for (StorePersistentProperty property : element) {
            if (INDEX_ANNOTATIONS.stream().anyMatch(property::isAnnotationPresent)) {
                throw notIndexable(
                        element,
                        property,
                        "it is inside '%s' of %s, and no index leads into the elements of a collection or the values of a map"
                                .formatted(
                                        container.getName(),
                                        container.getOwner().getType().getName()));
            }
            StorePersistentEntity<?> nested = nestedEntity(property);
            if (nested != null) {
                requireNothingIndexed(nested, container, enclosing);
            }
        }
        enclosing.remove(element.getType());
    }

    private static DeclaredIndex index(
            StorePersistentEntity<?> entity, StorePersistentProperty property, String path, Indexed annotation) {
        requireIndexable(entity, property, path);
        IndexDefinition whole =
                hasElements(property) ? IndexDefinition.onEachElementOf(path) : IndexDefinition.on(path);
        IndexDefinition definition = annotation.ignoreCase() ? whole.caseInsensitive() : whole;
        return declared(definition, annotation.name(), annotation.unique(), annotation.where(), entity.getType());
    }

    private static DeclaredIndex declared(
            IndexDefinition definition, String name, boolean unique, String where, Class<?> entity) {
        IndexDefinition whole = unique ? definition.asUnique() : definition;
        return new DeclaredIndex(name.isEmpty() ? whole : whole.named(name), IndexText.condition(entity, where));
    }

    private DeclaredIndex compoundIndex(StorePersistentEntity<?> entity, CompoundIndex annotation) {
        List<Part> parts = new ArrayList<>();
        for (String text : annotation.fields()) {
            IndexText.Field field = IndexText.field(entity.getType(), text);
            FieldPath path = fieldPath(entity, field.path());
            parts.add(new Part(
                    path.field(),
                    path.hasElements() ? Kind.EACH_ELEMENT : Kind.VALUE,
                    field.ignoreCase(),
                    field.descending() ? Direction.DESCENDING : Direction.ASCENDING));
        }
        if (parts.isEmpty()) {
            throw new MappingException("@CompoundIndex on %s names no fields"
                    .formatted(entity.getType().getName()));
        }
        return declared(
                IndexDefinition.of(parts),
                annotation.name(),
                annotation.unique(),
                annotation.where(),
                entity.getType());
    }

    private FieldPath fieldPath(StorePersistentEntity<?> root, String propertyPath) {
        StringBuilder fields = new StringBuilder();
        boolean hasElements = false;
        boolean isReferred = false;
        StorePersistentEntity<?> entity = root;
        for (String name : propertyPath.split("\\.", -1)) {
            StorePersistentProperty property = entity == null ? null : entity.getPersistentProperty(name);
            if (entity == null || property == null) {
                throw noSuchField(root, propertyPath, "there is no such property");
            }
            if (isReferred) { // The field of the reference holds its id.
                if (!entity.isIdProperty(property)) {
                    throw noSuchField(root, propertyPath, "only the id of a referenced entity is stored");
                }
                entity = null;
                continue;
            }
            fields.append(fields.isEmpty() ? "" : ".").append(property.getFieldName());
            requireIndexable(entity, property, fields.toString());
            hasElements = hasElements(property);
            isReferred = property.isAssociation();
            entity = entityOf(property);
        }
        return new FieldPath(fields.toString(), hasElements);
    }

    private static MappingException noSuchField(StorePersistentEntity<?> root, String propertyPath, String reason) {
        return new MappingException("@CompoundIndex on %s names '%s', but %s"
                .formatted(root.getType().getName(), propertyPath, reason));
    }

    /** Returns the entity whose objects, one or several, are stored in the field of a property, or {@code null}. */
    private @Nullable StorePersistentEntity<?> nestedEntity(StorePersistentProperty property) {
        return property.isAssociation() ? null : mappingContext.getPersistentEntity(property);
    }

    private @Nullable StorePersistentEntity<?> entityOf(StorePersistentProperty property) {
        return hasSeveral(property) ? null : mappingContext.getPersistentEntity(property);
    }

    private static boolean hasSeveral(StorePersistentProperty property) {
        return property.isCollectionLike() || property.isMap();
    }

    private static boolean hasElements(StorePersistentProperty property) {
        return property.isCollectionLike() && property.getRawType() != byte[].class;
    }

    private static void requireIndexable(
            StorePersistentEntity<?> entity, StorePersistentProperty property, String path) {
        if (entity.isVersionProperty(property) && path.indexOf('.') < 0) {
            throw notIndexable(entity, property, "the version is not part of the stored document");
        }
    }

    private static void requirePlace(StorePersistentEntity<?> entity, StorePersistentProperty property) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getActualType());
        boolean isOneValue = type == String.class || Number.class.isAssignableFrom(type) || type == Boolean.class;
        if (isOneValue || property.isAssociation()) {
            throw notIndexable(entity, property, "it is not a place");
        }
    }

    private static void requireText(StorePersistentEntity<?> entity, StorePersistentProperty property) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getActualType());
        if (property.isEntity() || property.isMap() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
            throw notIndexable(entity, property, "it is not text, so it has no words");
        }
    }

    private static MappingException notIndexable(
            StorePersistentEntity<?> entity, StorePersistentProperty property, String reason) {
        return new MappingException("Property '%s' of %s cannot be indexed: %s"
                .formatted(property.getName(), entity.getType().getName(), reason));
    }

    /** The stored path of an indexed property. */
    private record FieldPath(String field, boolean hasElements) {}
}
