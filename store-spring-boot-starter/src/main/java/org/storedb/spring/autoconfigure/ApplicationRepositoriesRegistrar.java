package org.storedb.spring.autoconfigure;

import java.lang.annotation.Annotation;
import org.springframework.boot.autoconfigure.data.AbstractRepositoryConfigurationSourceSupport;
import org.springframework.data.repository.config.RepositoryConfigurationExtension;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;
import org.storedb.spring.data.repository.config.StoreRepositoryConfigurationExtension;

/** Registrar of the repositories in the application's packages, which acts as {@link EnableStoreRepositories} would. */
class ApplicationRepositoriesRegistrar extends AbstractRepositoryConfigurationSourceSupport {

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

    /**
     * Holder of the annotation with its defaults. As a member of an auto-configuration it would be processed as a
     * configuration itself, and every repository would be registered twice.
     */
    @EnableStoreRepositories
    private static final class EnableStoreRepositoriesConfiguration {}
}
