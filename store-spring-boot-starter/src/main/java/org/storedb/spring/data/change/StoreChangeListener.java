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
 * Has a method of a bean called for what has been committed to the store: transaction by transaction, in their order,
 * when they are durable, in a thread of the store. The method takes one of
 *
 * <ul>
 *   <li>an {@link EntityChange} of an entity class: each insert, update, delete and expiry of its entities;
 *   <li>an entity: each that was inserted or updated;
 *   <li>a {@link org.storedb.feed.ChangeTransaction}: everything in the store, in the form in which it is stored.
 * </ul>
 *
 * <p>If the class shares its collection with others, the method is told of entities of this class and of those that extend
 * it. A delete or an expiry does not say what the document was: it is told of all in the collection, unless what was there
 * {@linkplain #before before} is asked for and known.
 *
 * <p>Under a {@linkplain #name name} the store records how far the method has come. It then gets what was committed while
 * the application was not running, too, and after a crash the last transactions again: delivery is at least once. If the
 * method throws, it gets the same transaction again from its first change, with pauses in between; when the retries of
 * the {@link StoreChangeListeners} are over it is not called any more, until they are told to start it again.
 *
 * <p>The method starts to be called when the application has started, and has returned when it stops. It is one of a
 * singleton.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Reflective
public @interface StoreChangeListener {

    /** {@link #name}. */
    @AliasFor("name")
    String value() default "";

    /**
     * The name under which the store records the position. It must not change with the code, and no two methods may have the
     * same. Placeholders are resolved. Without one the method gets what is committed while it is running.
     */
    @AliasFor("value")
    String name() default "";

    /** What happened to be called for; everything if empty. */
    ChangeKind[] kinds() default {};

    /** Whether a name that is new begins with the oldest changes that there are, instead of with those from now on. */
    boolean fromBeginning() default false;

    /** Whether to tell what was there before. The store then notes a little more with each change. */
    boolean before() default false;

    /** Name of the {@code StoreTemplate} bean whose store it is about; may be left away if there is only one by default. */
    String template() default "";
}
