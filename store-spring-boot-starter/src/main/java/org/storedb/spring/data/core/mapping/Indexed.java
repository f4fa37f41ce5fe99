package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an index on a property, which may also stand in a nested object. A collection has an entry for each different
 * element.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Indexed {

    /** Whether no two documents may have the same value; any number of them may have none. */
    boolean unique() default false;

    /** Name of the index; by default the path of the field, with what else is said of the index. */
    String name() default "";

    /** Whether strings are told apart by their lower case only; for queries that ignore case. */
    boolean ignoreCase() default false;

    /**
     * Which documents have an entry, and count for uniqueness: a condition of the text form of queries, such as
     * {@code "active = true"}. Queries use the index if they ask for no others. By default all.
     */
    String where() default "";
}
