package org.storedb.spring.autoconfigure;

import java.lang.annotation.Annotation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.data.AbstractRepositoryConfigurationSourceSupport;
import org.springframework.context.annotation.Import;
import org.springframework.data.repository.config.RepositoryConfigurationExtension;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;
import org.storedb.spring.data.repository.config.StoreRepositoryConfigurationExtension;
import org.storedb.spring.data.repository.support.StoreRepositoryFactoryBean;

/** Switches on the store's repositories in the application's packages, unless the application does so itself. */
@AutoConfiguration(after = {StoreAutoConfiguration.class, StoreTransactionAutoConfiguration.class})
@ConditionalOnBean(StoreOperations.class)
@ConditionalOnBooleanProperty(name = "store.repositories.enabled", matchIfMissing = true)
@ConditionalOnMissingBean({StoreRepositoryFactoryBean.class, StoreRepositoryConfigurationExtension.class})
@Import(StoreRepositoriesAutoConfiguration.Registrar.class)
public final class StoreRepositoriesAutoConfiguration {

    /** Registers the repositories as {@link EnableStoreRepositories} with its defaults would. */
    static class Registrar extends AbstractRepositoryConfigurationSourceSupport {

        @Override
        protected Class<? extends Annotation> getAnnotation() {
            return EnableStoreRepositories.class;
        }

        @Override
        protected Class<?> getConfiguration() {
            return EnableStoreRepositoriesConfiguration.class;
        }

        @Override
        protected RepositoryConfigurationExtension getRepositoryConfigurationExtension() {
            return new StoreRepositoryConfigurationExtension();
        }
    }

    /** Carries the annotation with its defaults. */
    @EnableStoreRepositories
    private static final class EnableStoreRepositoriesConfiguration {}
}
