package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares when entities expire: from then on they do not exist. On a class, after some time; on a property, an
 * {@code Instant} or a number of milliseconds since 1970-01-01 UTC, at this time. With both, the time of the class
 * applies to entities without a value in the property.
 *
 * <pre>{@code
 * @Expires(afterUnused = "30m")
 * record Session(String id, String user) {}
 *
 * record Offer(String id, @Expires Instant validUntil) {}
 * }</pre>
 *
 * <p>It becomes the policy of the collection, which applies to what is written from then on.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Expires {

    /**
     * On a class: time after an entity was written as a whole, such as {@code 90s}, {@code 30m}, {@code 7d} or
     * {@code PT1H}.
     */
    String after() default "";

    /** On a class: time after an entity was last written or read by its id. */
    String afterUnused() default "";
}
