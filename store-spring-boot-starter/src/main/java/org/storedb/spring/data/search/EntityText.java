package org.storedb.spring.data.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * The text in the entities of one collection, by the paths of their properties.
 *
 * @param fields the fields as they are stored; two properties of different classes may be stored in the same field
 */
record EntityText(String collection, Map<String, TextField> fields) {

    EntityText {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Collects the text in the entities of all classes that share a collection.
     *
     * @param analyzers returns the analyzer with a name
     * @throws MappingException if text is declared on a property that has none, or differently in two classes, or if a
     *     property of two classes is stored in two fields
     */
    static EntityText of(
            String collection, StoreMappingContext mappingContext, Function<String, TextAnalyzer> analyzers) {
        Collector collector = new Collector(mappingContext, analyzers);
        for (StorePersistentEntity<?> entity : entitiesOf(collection, mappingContext)) {
            mappingContext.getSubclasses(entity.getType()); // Makes those known that a sealed class permits.
        }
        for (StorePersistentEntity<?> entity : entitiesOf(collection, mappingContext)) {
            collector.collect(entity, "", "", new HashSet<>());
        }
        return new EntityText(collection, collector.fields);
    }

    private static List<StorePersistentEntity<?>> entitiesOf(String collection, StoreMappingContext mappingContext) {
        List<StorePersistentEntity<?>> entities = new ArrayList<>(mappingContext.getPersistentEntities());
        entities.removeIf(entity -> !entity.getCollectionName().equals(collection));
        return entities;
    }

    /**
     * Returns a definition that does not depend on the order of classes and properties, so that an existing index need
     * not be rebuilt.
     */
    TextIndexDefinition definition() {
        List<TextField> sorted = fields.values().stream()
                .distinct()
                .sorted(Comparator.comparing(TextField::path))
                .toList();
        return new TextIndexDefinition(collection, collection, sorted);
    }

    /** Returns the stored path of a property with text; {@code null} if there is no such property. */
    @Nullable
    String path(String property) {
        TextField field = fields.get(property);
        return field == null ? null : field.path();
    }

    /** Returns the property stored under a path. */
    String property(String path) {
        return fields.entrySet().stream()
                .filter(field -> field.getValue().path().equals(path))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(path);
    }

    /** Collector of text that traverses the properties of entities. */
    private static final class Collector {

        private final StoreMappingContext mappingContext;
        private final Function<String, TextAnalyzer> analyzers;
        private final Map<String, TextField> fields = new LinkedHashMap<>();
        private final Map<String, Class<?>> declaring = new HashMap<>();

        Collector(StoreMappingContext mappingContext, Function<String, TextAnalyzer> analyzers) {
            this.mappingContext = mappingContext;
            this.analyzers = analyzers;
        }

        void collect(StorePersistentEntity<?> entity, String properties, String path, Set<Class<?>> enclosing) {
            if (!enclosing.add(entity.getType())) {
                return;
            }
            for (StorePersistentProperty property : entity) {
                TextIndexed annotation = property.findAnnotation(TextIndexed.class);
                if (annotation != null) {
                    requireText(entity, property);
                    add(entity, properties + property.getName(), field(entity, property, path, annotation));
                }
                for (StorePersistentEntity<?> nested : nestedEntities(property)) {
                    collect(
                            nested,
                            properties + property.getName() + '.',
                            path + property.getFieldName() + '.',
                            enclosing);
                }
            }
            enclosing.remove(entity.getType());
        }

        private void add(StorePersistentEntity<?> entity, String property, TextField field) {
            for (Map.Entry<String, TextField> other : fields.entrySet()) {
                if (other.getValue().path().equals(field.path())
                        && !other.getValue().equals(field)) {
                    throw new MappingException(
                            "Property '%s' of %s differs in its @TextIndexed from one that is stored in the same field '%s' of collection %s"
                                    .formatted(
                                            property,
                                            entity.getType().getName(),
                                            field.path(),
                                            entity.getCollectionName()));
                }
            }
            TextField known = fields.putIfAbsent(property, field);
            Class<?> other = declaring.putIfAbsent(property, entity.getType());
            if (known != null && other != null && !known.path().equals(field.path())) {
                throw new MappingException(
                        "Property '%s' with @TextIndexed is stored in the field '%s' by %s, and in '%s' by %s, which share a collection: a search could not distinguish them; give the properties the same @FieldName, or different names"
                                .formatted(
                                        property,
                                        known.path(),
                                        other.getName(),
                                        field.path(),
                                        entity.getType().getName()));
            }
        }

        private TextField field(
                StorePersistentEntity<?> entity,
                StorePersistentProperty property,
                String path,
                TextIndexed annotation) {
            return new TextField(
                    path + property.getFieldName(), analyzer(entity, property, annotation), annotation.boost());
        }

        private TextAnalyzer analyzer(
                StorePersistentEntity<?> entity, StorePersistentProperty property, TextIndexed annotation) {
            boolean ofLanguage = annotation.language().length > 0;
            boolean named = !annotation.analyzer().isEmpty();
            boolean otherwise = annotation.analysis() != TextIndexed.Analysis.WORDS;
            int said = annotation.language().length + (named ? 1 : 0) + (otherwise ? 1 : 0);
            if (said > 1) {
                throw new MappingException(
                        "@TextIndexed on property '%s' of %s defines its analysis more than once: set one language, one analyzer or one analysis"
                                .formatted(property.getName(), entity.getType().getName()));
            }
            if (ofLanguage) {
                return TextAnalyzer.language(annotation.language()[0]);
            }
            if (named) {
                return analyzers.apply(annotation.analyzer());
            }
            return switch (annotation.analysis()) {
                case WORDS -> TextAnalyzer.words();
                case WORDS_WITHOUT_ACCENTS -> TextAnalyzer.wordsWithoutAccents();
                case WHOLE_STRING -> TextAnalyzer.wholeString();
            };
        }

        private static void requireText(StorePersistentEntity<?> entity, StorePersistentProperty property) {
            Class<?> type = property.getActualType();
            boolean mayBeText = CharSequence.class.isAssignableFrom(type) || type.isEnum() || type == Object.class;
            if (!mayBeText || property.isMap() || entity.isVersionProperty(property) || property.isIdProperty()) {
                throw new MappingException("@TextIndexed on property '%s' of %s: it has no text to search"
                        .formatted(property.getName(), entity.getType().getName()));
            }
        }

        /** Returns the declared class of a nested object and its subclasses; nothing if there is no such object. */
        private List<StorePersistentEntity<?>> nestedEntities(StorePersistentProperty property) {
            boolean isNested = property.isEntity()
                    && !property.isMap()
                    && !property.isAssociation()
                    && !property.isAnnotationPresent(DocumentReference.class);
            StorePersistentEntity<?> declared = isNested ? mappingContext.getPersistentEntity(property) : null;
            if (declared == null) {
                return List.of();
            }
            List<StorePersistentEntity<?>> nested = new ArrayList<>();
            nested.add(declared);
            nested.addAll(mappingContext.getSubclasses(declared.getType()));
            return nested;
        }
    }
}
