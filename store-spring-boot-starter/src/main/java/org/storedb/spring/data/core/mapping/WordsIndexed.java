package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an index on the words of a text, or of all texts in a collection, for conditions such as
 * {@code text(title, :words)} in a {@code @Query} and {@link org.storedb.query.Filter#text}.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WordsIndexed {

    /** Name of the index; by default derived from the path of the field. */
    String name() default "";

    /** Condition for documents to have entries, as in {@link Indexed#where}. */
    String where() default "";
}
