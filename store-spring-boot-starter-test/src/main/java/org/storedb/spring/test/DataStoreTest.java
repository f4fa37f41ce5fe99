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
 * A test of entities and repositories only: the application context contains what belongs to the store and nothing
 * else, the store is empty and in memory, and what a test method writes is rolled back afterwards.
 *
 * <p>{@code @Component}, {@code @Configuration} and {@code @ConfigurationProperties} classes found by scanning are
 * excluded; use {@code @Import} for those that a test needs. Entities are validated as in the application; caches keep
 * nothing. With several stores, each is in memory; a test that writes to one other than the default store declares
 * {@code @Transactional("archiveTransactionManager")} to have those writes rolled back instead. With the property
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

    /** Properties to set before the context starts, as {@code key=value}. */
    String[] properties() default {};

    /** Whether to use the slice's own selection of components, which includes none. */
    boolean useDefaultFilters() default true;

    /** Components to include although the slice excludes them. */
    Filter[] includeFilters() default {};

    /** Components to exclude. */
    Filter[] excludeFilters() default {};

    /** Auto-configurations to exclude. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
