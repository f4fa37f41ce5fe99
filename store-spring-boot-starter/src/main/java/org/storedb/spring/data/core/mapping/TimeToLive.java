package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * The property that says for how long an entity is there, from the moment at which it is inserted, saved or updated: a
 * {@code Duration}, or a whole number of {@link #unit() units}. It is stored and read as any other property. An entity
 * without a value, or with 0, expires as its class says ({@link Expires}), or never.
 *
 * <pre>{@code
 * record Token(String id, @TimeToLive Duration validFor) {}
 * }</pre>
 *
 * <p>Changes in place, without the entity, do not touch the time.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TimeToLive {

    /** What a number counts; {@code DAYS} at most. */
    ChronoUnit unit() default ChronoUnit.SECONDS;
}
