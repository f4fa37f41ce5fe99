package org.storedb.spring.data.core;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mapping.MappingException;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.storedb.ExpiryPolicy;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.core.mapping.TimeToLive;

/** Resolver of {@link Expires} annotations, which determines when entities expire. */
final class ExpiryResolver {

    private ExpiryResolver() {}

    /**
     * Returns the policy for the collection of an entity; empty if none is declared. A collection has only one, so all
     * classes stored in it have to agree: those of a hierarchy, and others that name the same collection.
     *
     * @throws MappingException if a declaration makes no sense, or two classes differ
     */
    static Optional<ExpiryPolicy> policyOf(StorePersistentEntity<?> entity, StoreMappingContext entities) {
        Set<StorePersistentEntity<?>> stored = inSameCollection(entity, entities);
        stored.forEach(each -> requireNoneNested(each, entities, new HashSet<>()));
        List<Declared> all = stored.stream().map(ExpiryResolver::declaredBy).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Declared first = all.get(0);
        Declared withField =
                all.stream().filter(each -> each.field() != null).findFirst().orElse(first);
        for (Declared each : all) {
            if (!Objects.equals(each.ofClass(), first.ofClass())) {
                throw disagreement(first, each);
            }
            if (!Objects.equals(each.field(), withField.field()) && each.mayHave(withField.field())) {
                throw disagreement(withField, each);
            }
        }
        return Optional.ofNullable(withField.policy());
    }

    /** Returns the non-abstract classes whose instances are stored in the collection of {@code entity}. */
    private static Set<StorePersistentEntity<?>> inSameCollection(
            StorePersistentEntity<?> entity, StoreMappingContext entities) {
        Set<StorePersistentEntity<?>> found = new LinkedHashSet<>();
        found.add(entity);
        found.addAll(entities.getSubclasses(entity.getType()));
        if (entity.isAnnotationPresent(Document.class)) {
            entities.getPersistentEntities().stream()
                    .filter(other -> other.isAnnotationPresent(Document.class))
                    .filter(other -> other.getCollectionName().equals(entity.getCollectionName()))
                    .sorted(Comparator.comparing(StorePersistentEntity::getName)) // a stable order
                    .forEach(found::add);
        }
        found.removeIf(each -> Modifier.isAbstract(each.getType().getModifiers()));
        return found;
    }

    /**
     * Rejects a time inside a nested object, which would have no effect. A class with an id is left alone: its
     * annotations are for its own documents.
     */
    private static void requireNoneNested(
            StorePersistentEntity<?> entity, StoreMappingContext entities, Set<Class<?>> seen) {
        for (StorePersistentProperty property : entity) {
            StorePersistentEntity<?> nested = property.isAssociation() ? null : entities.getPersistentEntity(property);
            if (nested == null || nested.hasIdProperty() || !seen.add(nested.getType())) {
                continue;
            }
            for (Class<? extends Annotation> annotation : List.of(Expires.class, TimeToLive.class)) {
                StorePersistentProperty time = nested.getPersistentProperty(annotation);
                if (time != null) {
                    throw new MappingException(
                            "Property '%s' of %s cannot be @%s: it is inside '%s' of %s, and an entity expires only as a whole, by a property of its own"
                                    .formatted(
                                            time.getName(),
                                            nested.getType().getName(),
                                            annotation.getSimpleName(),
                                            property.getName(),
                                            entity.getType().getName()));
                }
            }
            requireNoneNested(nested, entities, seen);
        }
    }

    private static Declared declaredBy(StorePersistentEntity<?> entity) {
        StorePersistentProperty property = entity.getPersistentProperty(Expires.class);
        if (property != null) {
            requireTime(entity, property);
        }
        return new Declared(entity, ofClass(entity.getType()), property == null ? null : property.getFieldName());
    }

    private static MappingException disagreement(Declared one, Declared other) {
        return new MappingException(
                "%s and %s are in the collection '%s', but expire differently: %s, and %s. Put the same @Expires on both, or on the class that they extend, or give each entity its own time with a @TimeToLive property"
                        .formatted(
                                one.entity().getType().getName(),
                                other.entity().getType().getName(),
                                one.entity().getCollectionName(),
                                one,
                                other));
    }

    /**
     * What one class declares about the expiry of its entities: after some time, at the time in a field, both, or
     * nothing.
     */
    private record Declared(
            StorePersistentEntity<?> entity,
            @Nullable ExpiryPolicy ofClass,
            @Nullable String field) {

        @Nullable
        ExpiryPolicy policy() {
            if (field == null) {
                return ofClass;
            }
            ExpiryPolicy ofField = ExpiryPolicy.atField(field);
            return ofClass == null ? ofField : ofField.orElse(ofClass);
        }

        /** Returns whether documents of this class may have the field that holds the expiry time of others. */
        boolean mayHave(@Nullable String fieldOfOthers) {
            if (field != null) {
                return true; // it has its own, and a collection has only one such field
            }
            for (StorePersistentProperty property : entity) {
                if (property.getFieldName().equals(fieldOfOthers)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            ExpiryPolicy policy = policy();
            return policy == null ? "never" : policy.toString();
        }
    }

    private static @Nullable ExpiryPolicy ofClass(Class<?> type) {
        Expires annotation = AnnotatedElementUtils.findMergedAnnotation(type, Expires.class);
        if (annotation == null) {
            return null;
        }
        if (annotation.after().isEmpty() == annotation.afterUnused().isEmpty()) {
            throw new MappingException(
                    "@Expires on %s needs a time, either after or afterUnused".formatted(type.getName()));
        }
        return annotation.after().isEmpty()
                ? ExpiryPolicy.afterUnused(duration(annotation.afterUnused(), type))
                : ExpiryPolicy.after(duration(annotation.after(), type));
    }

    private static Duration duration(String text, Class<?> type) {
        try {
            Duration duration = DurationFormatterUtils.detectAndParse(text);
            if (duration.toMillis() < 1) {
                throw new MappingException(
                        "@Expires on %s is after '%s', but the minimum is 1 ms".formatted(type.getName(), text));
            }
            return duration;
        } catch (IllegalArgumentException e) {
            throw new MappingException(
                    "@Expires on %s is after '%s', which is not a time such as 90s, 30m, 7d or PT1H"
                            .formatted(type.getName(), text),
                    e);
        }
    }

    private static void requireTime(StorePersistentEntity<?> entity, StorePersistentProperty property) {
        Expires annotation = property.getRequiredAnnotation(Expires.class);
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        if (type != Instant.class && type != Long.class) {
            throw new MappingException(
                    "Property '%s' of %s cannot be an expiry time: it is neither an Instant nor a number of milliseconds"
                            .formatted(property.getName(), entity.getType().getName()));
        }
        if (!annotation.after().isEmpty() || !annotation.afterUnused().isEmpty()) {
            throw new MappingException(
                    "@Expires on property '%s' of %s has its own time, which is only allowed on the class"
                            .formatted(property.getName(), entity.getType().getName()));
        }
    }
}
