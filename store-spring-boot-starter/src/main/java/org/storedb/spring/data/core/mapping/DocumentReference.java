package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.data.annotation.Reference;

/**
 * The property refers to another entity, or to several in a collection or map: only their ids are stored with it. What is
 * referred to is stored on its own, and before it is referred to.
 */
@Documented
@Reference
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface DocumentReference {

    /**
     * Whether the entity is read when one of its methods is first called, in the transaction that runs then. This needs a
     * class that can be extended, and reaches methods only, not fields. Otherwise it is read together with the entity
     * that refers to it, and is null if it is not there any more.
     *
     * <p>What stands for an entity until it is read is equal to itself only, whatever {@code equals} its class has: a set
     * of references would read all of them to tell them apart. Compare ids.
     */
    boolean lazy() default true;
}
