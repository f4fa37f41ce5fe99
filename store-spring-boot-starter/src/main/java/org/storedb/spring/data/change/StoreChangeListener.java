package org.storedb.spring.data.change;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;
import org.storedb.feed.ChangeKind;

/**
 * Marks a method of a bean to be called for what has been committed to the store: transaction by transaction, in order,
 * once they are durable, in a thread of the store. The method takes one of
 *
 * <ul>
 *   <li>an {@link EntityChange} of an entity class: each insert, update, delete and expiry of its entities;
 *   <li>an entity: each that was inserted or updated;
 *   <li>a {@link org.storedb.feed.ChangeTransaction}: everything in the store, in the form in which it is stored.
 * </ul>
 *
 * <p>If the class shares its collection with others, the method is notified of entities of this class and its
 * subclasses. A delete or an expiry does not reveal what the document was: the method is notified of all in the
 * collection, unless the {@linkplain #before previous} document is requested and known.
 *
 * <p>Under a {@linkplain #name name} the store records how far the method has come. It then also receives what was
 * committed while the application was not running, and after a crash the last transactions again: delivery is at least
 * once. If the method throws an exception, it receives the same transaction again from its first change, after a pause;
 * once the retries of the {@link StoreChangeListeners} are exhausted, it is no longer called until they restart it.
 *
 * <p>Calls start once the application has started, and the last one has returned when it stops. The method must belong
 * to a singleton.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective
public @interface StoreChangeListener {

    /** Alias for {@link #name}. */
    @AliasFor("name")
    String value() default "";

    /**
     * Name under which the store records the position. It must not change with the code, and no two methods may share
     * one. Placeholders are resolved. Without a name the method receives what is committed while it is running, and
     * with {@link #fromBeginning} also, each time it starts, what is still available.
     */
    @AliasFor("value")
    String name() default "";

    /** Kinds of changes to be called for; all if empty. */
    ChangeKind[] kinds() default {};

    /**
     * Whether to begin with the oldest available changes instead of new ones only, unless a position is recorded under
     * the name.
     */
    boolean fromBeginning() default false;

    /** Whether to include the previous state of the document. The store then records a little more with each change. */
    boolean before() default false;

    /**
     * Name of the {@code StoreTemplate} bean whose store is observed; may be omitted if there is a single default one.
     */
    String template() default "";
}
