package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an index on a property, which may also stand in a nested object. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Indexed {

    /** Whether no two documents may have the same value; any number of them may have none. */
    boolean unique() default false;

    /** Name of the index; by default the path of the field. */
    String name() default "";
}
