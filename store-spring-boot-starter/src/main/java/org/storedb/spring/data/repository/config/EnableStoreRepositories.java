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
 * Switches on the store's repositories in the given packages, or in that of the annotated class. In a Spring Boot
 * application it is needed only to depart from the defaults, for instance to use several stores.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(StoreRepositoriesRegistrar.class)
public @interface EnableStoreRepositories {

    @AliasFor("basePackages")
    String[] value() default {};

    /** Packages to look for repositories in. */
    @AliasFor("value")
    String[] basePackages() default {};

    /** Classes whose packages are looked for repositories in. */
    Class<?>[] basePackageClasses() default {};

    Filter[] includeFilters() default {};

    Filter[] excludeFilters() default {};

    /** What the name of a class that implements further methods of a repository ends in. */
    String repositoryImplementationPostfix() default "Impl";

    /** Where named queries are; by default {@code META-INF/store-named-queries.properties}. */
    String namedQueriesLocation() default "";

    QueryLookupStrategy.Key queryLookupStrategy() default QueryLookupStrategy.Key.CREATE_IF_NOT_FOUND;

    Class<?> repositoryFactoryBeanClass() default StoreRepositoryFactoryBean.class;

    Class<?> repositoryBaseClass() default DefaultRepositoryBaseClass.class;

    Class<? extends BeanNameGenerator> nameGenerator() default BeanNameGenerator.class;

    /** Whether to find repositories that are nested in other classes. */
    boolean considerNestedRepositories() default false;

    BootstrapMode bootstrapMode() default BootstrapMode.DEFAULT;

    /** Name of the {@code StoreOperations} bean to use. If none has the default name, it is the only or primary one. */
    String storeOperationsRef() default StoreRepositoryConfigurationExtension.DEFAULT_OPERATIONS;

    /**
     * Name of the transaction manager bean to use. If none has the default name, it is the only or primary
     * {@link StoreTransactionManager}, if that is one of the same store.
     */
    String transactionManagerRef() default StoreTransactionManager.BEAN_NAME;

    /** Whether the methods of every repository run in transactions of their own outside of others. */
    boolean enableDefaultTransactions() default true;
}
