package org.storedb.spring.data.core.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mapping.MappingException;
import org.storedb.document.IndexDefinition;

/** Finds the indexes that an entity declares on itself and on the objects nested in it. */
public final class StoreIndexResolver {

    private final StoreMappingContext mappingContext;

    public StoreIndexResolver(StoreMappingContext mappingContext) {
        this.mappingContext = mappingContext;
    }

    /**
     * The declared indexes of {@code entity}.
     *
     * @throws MappingException if one is declared on something that cannot have one
     */
    public List<IndexDefinition> indexesOf(StorePersistentEntity<?> entity) {
        List<IndexDefinition> indexes = new ArrayList<>();
        collectIndexedProperties(entity, "", new HashSet<>(), indexes);
        AnnotatedElementUtils.findMergedRepeatableAnnotations(
                        entity.getType(), CompoundIndex.class, CompoundIndexes.class)
                .forEach(annotation -> indexes.add(compoundIndex(entity, annotation)));
        return indexes;
    }

    private void collectIndexedProperties(
            StorePersistentEntity<?> entity, String prefix, Set<Class<?>> enclosing, List<IndexDefinition> indexes) {
        if (!enclosing.add(entity.getType())) {
            return;
        }
        for (StorePersistentProperty property : entity) {
            String path = prefix + property.getFieldName();
            Indexed annotation = property.findAnnotation(Indexed.class);
            if (annotation != null) {
                requireIndexable(entity, property);
                String name = annotation.name().isEmpty() ? path : annotation.name();
                indexes.add(new IndexDefinition(name, List.of(path), annotation.unique()));
            }
            StorePersistentEntity<?> nested = nestedEntity(property);
            if (nested != null) {
                collectIndexedProperties(nested, path + '.', enclosing, indexes);
            }
        }
        enclosing.remove(entity.getType());
    }

    private IndexDefinition compoundIndex(StorePersistentEntity<?> entity, CompoundIndex annotation) {
        List<String> fields = Arrays.stream(annotation.fields())
                .map(path -> fieldPath(entity, path.trim()))
                .toList();
        if (fields.isEmpty()) {
            throw new MappingException("@CompoundIndex on %s names no fields"
                    .formatted(entity.getType().getName()));
        }
        String name = annotation.name().isEmpty() ? String.join("_", fields) : annotation.name();
        return new IndexDefinition(name, fields, annotation.unique());
    }

    private String fieldPath(StorePersistentEntity<?> root, String propertyPath) {
        StringBuilder fields = new StringBuilder();
        StorePersistentEntity<?> entity = root;
        for (String name : propertyPath.split("\\.", -1)) {
            StorePersistentProperty property = entity == null ? null : entity.getPersistentProperty(name);
            if (entity == null || property == null) {
                throw new MappingException("@CompoundIndex on %s names '%s', but there is no such property"
                        .formatted(root.getType().getName(), propertyPath));
            }
            requireIndexable(entity, property);
            fields.append(fields.isEmpty() ? "" : ".").append(property.getFieldName());
            entity = nestedEntity(property);
        }
        return fields.toString();
    }

    private @Nullable StorePersistentEntity<?> nestedEntity(StorePersistentProperty property) {
        return property.isEntity() && !property.isCollectionLike() && !property.isMap()
                ? mappingContext.getPersistentEntity(property)
                : null;
    }

    private static void requireIndexable(StorePersistentEntity<?> entity, StorePersistentProperty property) {
        if (property.isCollectionLike() && property.getRawType() != byte[].class) {
            throw notIndexable(entity, property, "it holds several values");
        }
        if (entity.isVersionProperty(property)) {
            throw notIndexable(entity, property, "the version is not part of the stored document");
        }
    }

    private static MappingException notIndexable(
            StorePersistentEntity<?> entity, StorePersistentProperty property, String reason) {
        return new MappingException("Property '%s' of %s cannot be indexed: %s"
                .formatted(property.getName(), entity.getType().getName(), reason));
    }
}
