package org.storedb.spring.data.repository.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.support.BeanNameGenerator;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.data.repository.config.DefaultRepositoryBaseClass;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.storedb.spring.data.repository.support.StoreRepositoryFactoryBean;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Enables the store's repositories in the given packages, or in that of the annotated class. A Spring Boot application
 * needs this annotation only to depart from the defaults, for instance to use several stores.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(StoreRepositoriesRegistrar.class)
public @interface EnableStoreRepositories {

    @AliasFor("basePackages")
    String[] value() default {};

    /** Packages to scan for repositories. */
    @AliasFor("value")
    String[] basePackages() default {};

    /** Classes whose packages are scanned for repositories. */
    Class<?>[] basePackageClasses() default {};

    Filter[] includeFilters() default {};

    Filter[] excludeFilters() default {};

    /** Name suffix of the classes that implement further methods of a repository. */
    String repositoryImplementationPostfix() default "Impl";

    /** Location of named queries; by default {@code META-INF/store-named-queries.properties}. */
    String namedQueriesLocation() default "";

    QueryLookupStrategy.Key queryLookupStrategy() default QueryLookupStrategy.Key.CREATE_IF_NOT_FOUND;

    Class<?> repositoryFactoryBeanClass() default StoreRepositoryFactoryBean.class;

    Class<?> repositoryBaseClass() default DefaultRepositoryBaseClass.class;

    Class<? extends BeanNameGenerator> nameGenerator() default BeanNameGenerator.class;

    /** Whether to find repositories nested in other classes. */
    boolean considerNestedRepositories() default false;

    BootstrapMode bootstrapMode() default BootstrapMode.DEFAULT;

    /**
     * Name of the {@code StoreOperations} bean to use. If no bean has the default name, the only or primary one is
     * used.
     */
    String storeOperationsRef() default StoreRepositoryConfigurationExtension.DEFAULT_OPERATIONS;

    /**
     * Name of the transaction manager bean to use. If no bean has the default name, the only or primary
     * {@link StoreTransactionManager} is used, provided that it belongs to the same store. For a given
     * {@link #storeOperationsRef} over another store, it is by default the only one of that store.
     */
    String transactionManagerRef() default StoreTransactionManager.BEAN_NAME;

    /** Whether repository methods called outside a transaction run in one of their own. */
    boolean enableDefaultTransactions() default true;
}
