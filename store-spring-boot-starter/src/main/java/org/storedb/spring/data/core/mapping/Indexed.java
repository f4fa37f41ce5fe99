package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an index on a property, possibly of a nested object. A collection has an entry for each distinct element. The
 * properties of objects in a collection or a map cannot be indexed; a class of such objects that has no id cannot declare
 * an index.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Indexed {

    /** Whether documents must not share the same value; any number of them may have none. */
    boolean unique() default false;

    /** Name of the index; by default the path of the field, followed by the other attributes of the index. */
    String name() default "";

    /** Whether strings that differ only in case are equal in the index, for queries that ignore case. */
    boolean ignoreCase() default false;

    /**
     * Condition for documents to have an entry, and to count for uniqueness, in the text form of queries, such as
     * {@code "active = true"}. Queries use the index if they match no other documents. By default all documents have
     * one.
     */
    String where() default "";
}
