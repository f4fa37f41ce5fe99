package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an index on several properties, in their order. */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CompoundIndexes.class)
public @interface CompoundIndex {

    /** Name of the index; by default the paths of the fields joined by {@code _}, followed by its other attributes. */
    String name() default "";

    /**
     * Paths of the properties, with dots between the names. A path may be followed by {@code ignoring case} and
     * {@code desc}, for queries that sort by some ascending and by others descending:
     * {@code {"country", "name ignoring case", "population desc"}}. One of them may be a collection, which has an entry
     * for each distinct element.
     */
    String[] fields();

    /** Whether documents must not share the same values; a document without one of them does not count. */
    boolean unique() default false;

    /** Condition for documents to have an entry, as in {@link Indexed#where}. */
    String where() default "";
}
