package org.storedb.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.transaction.annotation.Transactional;

/**
 * A test of entities and repositories alone: the application's context has what belongs to the store and nothing else, the
 * store is empty and lives in memory, and what a test method writes is rolled back after it.
 *
 * <p>{@code @Component}, {@code @Configuration} and {@code @ConfigurationProperties} classes that are found by a scan are
 * left out; {@code @Import} those that a test needs. Entities are validated as they are in the application; caches keep
 * nothing. Each of several stores is in memory; a test that writes to another than the first says
 * {@code @Transactional("archiveTransactionManager")} to have that rolled back instead. With the property
 * {@code store.test.in-memory=false} the stores are those that the application configures.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(DataStoreTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(DataStoreTypeExcludeFilter.class)
@Transactional
@AutoConfigureDataStore
@ImportAutoConfiguration
public @interface DataStoreTest {

    /** Properties for the test, as {@code key=value}, before the context starts. */
    String[] properties() default {};

    /** Whether the slice's own selection of components is used; none is part of it. */
    boolean useDefaultFilters() default true;

    /** Components that are part of the context although the slice leaves them out. */
    Filter[] includeFilters() default {};

    /** Components that are left out. */
    Filter[] excludeFilters() default {};

    /** Auto-configurations that are left out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
