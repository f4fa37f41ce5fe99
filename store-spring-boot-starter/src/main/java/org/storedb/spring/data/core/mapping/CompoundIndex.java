package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an index on several properties together, in their order. */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CompoundIndexes.class)
public @interface CompoundIndex {

    /** Name of the index; by default the paths of the fields with {@code _} between them, with what else is said of them. */
    String name() default "";

    /**
     * Paths of the properties, with dots between the names. Behind one may stand {@code ignoring case} and {@code desc}, for
     * queries that sort by some up and by others down: {@code {"country", "name ignoring case", "population desc"}}. One of
     * them may be a collection, which has an entry for each different element.
     */
    String[] fields();

    /** Whether no two documents may have the same values; a document without one of them does not count. */
    boolean unique() default false;

    /** Which documents have an entry, as with {@link Indexed#where}. */
    String where() default "";
}
