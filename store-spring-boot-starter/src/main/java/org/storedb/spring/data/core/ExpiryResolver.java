package org.storedb.spring.data.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mapping.MappingException;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.storedb.ExpiryPolicy;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Finds out when entities expire, from their {@link Expires} annotations. */
final class ExpiryResolver {

    private ExpiryResolver() {}

    /**
     * The policy for the collection of an entity; empty if it declares none.
     *
     * @throws MappingException if what is declared cannot be meant
     */
    static Optional<ExpiryPolicy> policyOf(StorePersistentEntity<?> entity) {
        ExpiryPolicy ofClass = ofClass(entity.getType());
        StorePersistentProperty property = entity.getPersistentProperty(Expires.class);
        if (property == null) {
            return Optional.ofNullable(ofClass);
        }
        requireTime(entity, property);
        ExpiryPolicy ofProperty = ExpiryPolicy.atField(property.getFieldName());
        return Optional.of(ofClass == null ? ofProperty : ofProperty.orElse(ofClass));
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
                throw new MappingException("@Expires on %s is after '%s', but nothing expires in less than 1 ms"
                        .formatted(type.getName(), text));
            }
            return duration;
        } catch (IllegalArgumentException e) {
            throw new MappingException(
                    "@Expires on %s is after '%s', which is no time such as 90s, 30m, 7d or PT1H"
                            .formatted(type.getName(), text),
                    e);
        }
    }

    private static void requireTime(StorePersistentEntity<?> entity, StorePersistentProperty property) {
        Expires annotation = property.getRequiredAnnotation(Expires.class);
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        if (type != Instant.class && type != Long.class) {
            throw new MappingException(
                    "Property '%s' of %s cannot say when it expires: it is neither an Instant nor a number of milliseconds"
                            .formatted(property.getName(), entity.getType().getName()));
        }
        if (!annotation.after().isEmpty() || !annotation.afterUnused().isEmpty()) {
            throw new MappingException("@Expires on property '%s' of %s has a time of its own, which is for the class"
                    .formatted(property.getName(), entity.getType().getName()));
        }
    }
}
