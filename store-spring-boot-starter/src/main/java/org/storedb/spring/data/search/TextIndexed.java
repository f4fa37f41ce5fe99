package org.storedb.spring.data.search;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.storedb.search.definition.Language;

/**
 * Has the text of a property looked for by {@link StoreTextSearch} and {@link TextSearchExecutor}: a string, those in a
 * collection, and those of nested objects whose class says so. All such properties of a collection's entities are in one
 * index, which is beside the store, needs {@code store-search}, and is up to date with what is committed.
 *
 * <p>Without anything said, text becomes words as Unicode divides it, in lower case. At most one of language, analyzer and
 * analysis may be given.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TextIndexed {

    /** The language of the text, whose words are known by their stems; one at the most. */
    Language[] language() default {};

    /** How text becomes words, whatever its language. */
    Analysis analysis() default Analysis.WORDS;

    /** Name of a bean of the type {@link org.storedb.search.definition.TextAnalyzer}. */
    String analyzer() default "";

    /** How much more a match in this property counts than one in a property with 1; above 0. */
    float boost() default 1;

    /** Ways to make words of text. */
    enum Analysis {
        /** As Unicode divides text. */
        WORDS,
        /** The same without accents: "Malaga" finds "M\u00e1laga". */
        WORDS_WITHOUT_ACCENTS,
        /** The whole string as one word: for codes and names that are asked for as a whole. */
        WHOLE_STRING
    }
}
