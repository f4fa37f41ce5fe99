package org.storedb.spring.data.core;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;
import org.storedb.Expiry;
import org.storedb.spring.data.core.mapping.Expires;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.core.mapping.TimeToLive;

/** The expiry of entities of a class and its subclasses according to their {@link TimeToLive} property. */
final class EntityExpiry {

    private static final String KOTLIN_DURATION = "-UwyO8pc";

    private final Map<Class<?>, StorePersistentProperty> properties = new HashMap<>();

    /**
     * Looks up the properties.
     *
     * @throws MappingException if one of them cannot hold a time to live
     */
    EntityExpiry(StorePersistentEntity<?> entity, StoreMappingContext entities) {
        add(entity);
        entities.getSubclasses(entity.getType()).forEach(this::add);
    }

    private void add(StorePersistentEntity<?> entity) {
        StorePersistentProperty property = entity.getPersistentProperty(TimeToLive.class);
        if (property == null) {
            return;
        }
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        if ((type != Duration.class && type != Long.class && type != Integer.class) || isKotlinDuration(property)) {
            throw unusable(property, "it is neither a java.time.Duration nor a whole number");
        }
        if (unitOf(property).compareTo(ChronoUnit.DAYS) > 0) {
            throw unusable(property, "%s have no exact length".formatted(unitOf(property)));
        }
        if (entity.getPersistentProperty(Expires.class) != null) {
            throw unusable(property, "the class also has an @Expires property");
        }
        properties.put(entity.getType(), property);
    }

    /** Returns whether it is a duration of Kotlin: a {@code long} to Java, with a getter that has this suffix. */
    private static boolean isKotlinDuration(StorePersistentProperty property) {
        String getter = "get" + StringUtils.capitalize(property.getName()) + KOTLIN_DURATION;
        return ReflectionUtils.findMethod(property.getOwner().getType(), getter) != null;
    }

    /**
     * Returns when an entity expires that is stored now; {@code null} if it does not specify this itself.
     *
     * @throws InvalidDataAccessApiUsageException if its time to live is negative
     */
    @Nullable
    Expiry of(Object entity) {
        StorePersistentProperty property =
                properties.isEmpty() ? null : properties.get(ClassUtils.getUserClass(entity));
        if (property == null) {
            return null;
        }
        Object value = property.getOwner().getPropertyAccessor(entity).getProperty(property);
        Duration time =
                value instanceof Number number ? Duration.of(number.longValue(), unitOf(property)) : (Duration) value;
        if (time == null || time.isZero()) {
            return null;
        }
        if (time.isNegative()) {
            throw new InvalidDataAccessApiUsageException("A %s cannot expire before it is stored: '%s' is %s"
                    .formatted(property.getOwner().getType().getSimpleName(), property.getName(), value));
        }
        return Expiry.after(time);
    }

    private static ChronoUnit unitOf(StorePersistentProperty property) {
        return Objects.requireNonNull(property.findAnnotation(TimeToLive.class)).unit();
    }

    private static MappingException unusable(StorePersistentProperty property, String reason) {
        return new MappingException("Property '%s' of %s cannot be a time to live: %s"
                .formatted(property.getName(), property.getOwner().getType().getName(), reason));
    }
}
