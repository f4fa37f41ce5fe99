package org.storedb.spring.data.search;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.storedb.search.definition.Language;

/**
 * Makes the text of a property searchable by {@link StoreTextSearch} and {@link TextSearchExecutor}: a string, those in
 * a collection, and those of nested objects whose class declares it. All such properties of a collection's entities are
 * in one index, which is kept beside the store, needs {@code store-search}, and is up to date with what is committed.
 *
 * <p>By default, text is divided into words as Unicode defines them, in lower case. At most one of language, analyzer
 * and analysis may be given.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TextIndexed {

    /** Language of the text, whose words are matched by their stems; at most one. */
    Language[] language() default {};

    /** How text is divided into words, whatever its language. */
    Analysis analysis() default Analysis.WORDS;

    /** Name of a bean of the type {@link org.storedb.search.definition.TextAnalyzer}. */
    String analyzer() default "";

    /** Weight of a match in this property relative to one in a property with 1; above 0. */
    float boost() default 1;

    /** Ways to divide text into words. */
    enum Analysis {
        /** Words as Unicode defines them. */
        WORDS,
        /** The same without accents: "Malaga" finds "M\u00e1laga". */
        WORDS_WITHOUT_ACCENTS,
        /** The whole string as one word, for codes and names that are searched as a whole. */
        WHOLE_STRING
    }
}
