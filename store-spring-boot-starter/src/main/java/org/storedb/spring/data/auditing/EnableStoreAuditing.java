package org.storedb.spring.data.auditing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Switches auditing on: properties with {@code @CreatedDate}, {@code @LastModifiedDate}, {@code @CreatedBy} and
 * {@code @LastModifiedBy} are set when an entity is stored, before it has its id and version. Who it is comes from the
 * {@code AuditorAware} bean of the application, if there is one.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(StoreAuditingRegistrar.class)
public @interface EnableStoreAuditing {

    /** Name of the {@code AuditorAware} bean; needed only if there are several. */
    String auditorAwareRef() default "";

    /** Whether to set dates. */
    boolean setDates() default true;

    /** Whether the properties for changes are set when an entity is stored for the first time, too. */
    boolean modifyOnCreate() default true;

    /** Name of the {@code DateTimeProvider} bean to ask for the time; by default it is the system's. */
    String dateTimeProviderRef() default "";
}
