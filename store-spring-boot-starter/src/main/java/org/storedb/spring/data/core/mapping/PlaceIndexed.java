package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an index on a property that is a location, for queries by {@code Near} and {@code Within}: a {@code Point},
 * a {@code GeoPoint}, or an object of latitude and longitude.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlaceIndexed {

    /** Name of the index; by default derived from the path of the field. */
    String name() default "";

    /** Condition for documents to have an entry, as in {@link Indexed#where}. */
    String where() default "";
}
