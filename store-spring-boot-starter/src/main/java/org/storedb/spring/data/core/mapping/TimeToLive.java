package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * Declares the property that says how long an entity exists after it is inserted, saved or updated: a
 * {@code java.time.Duration}, or a whole number of {@link #unit() units}. It is stored and read like any other property.
 * An entity without a value, or with 0, expires as its class says ({@link Expires}), or never.
 *
 * <pre>{@code
 * record Token(String id, @TimeToLive Duration validFor) {}
 * }</pre>
 *
 * <p>Updates in place, without the entity, do not affect the time.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TimeToLive {

    /** Unit of a number; at most {@code DAYS}. */
    ChronoUnit unit() default ChronoUnit.SECONDS;
}
