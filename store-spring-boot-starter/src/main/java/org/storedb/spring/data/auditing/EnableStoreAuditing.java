package org.storedb.spring.data.auditing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Enables auditing: properties with {@code @CreatedDate}, {@code @LastModifiedDate}, {@code @CreatedBy} and
 * {@code @LastModifiedBy} are set when an entity is stored, before it has its id and version. The author comes from the
 * application's {@code AuditorAware} bean, if there is one.
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

    /** Whether the properties for modifications are also set when an entity is first stored. */
    boolean modifyOnCreate() default true;

    /** Name of the {@code DateTimeProvider} bean that supplies the time; by default the system's time is used. */
    String dateTimeProviderRef() default "";
}
