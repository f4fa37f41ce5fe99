package org.storedb.spring.data.core.mapping;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.data.annotation.Reference;

/**
 * Declares that the property refers to another entity, or to several in a collection or map: only their ids are stored
 * with it. The referenced entities are stored separately, and before they are referenced.
 */
@Documented
@Reference
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface DocumentReference {

    /**
     * Whether the entity is read when one of its methods is first called, in the transaction that is running then; the
     * getter of its id does not read it. This needs a class that can be extended, and works for methods only, not for
     * fields. Otherwise the entity is read together with the entity that refers to it, and is null if it no longer
     * exists.
     *
     * <p>The proxy that stands for an entity is equal only to itself, whatever {@code equals} method its class has:
     * otherwise a set of references would have to read all of them to compare them. Compare ids instead.
     */
    boolean lazy() default true;
}
