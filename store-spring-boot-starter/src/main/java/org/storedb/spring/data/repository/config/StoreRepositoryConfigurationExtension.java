package org.storedb.spring.data.repository.config;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.data.repository.config.AnnotationRepositoryConfigurationSource;
import org.springframework.data.repository.config.RepositoryConfigurationExtensionSupport;
import org.springframework.data.repository.config.RepositoryConfigurationSource;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.support.SimpleStoreRepository;
import org.storedb.spring.data.repository.support.StoreRepositoryFactoryBean;
import org.storedb.spring.transaction.StoreTransactionManager;

/** Extension by which Spring Data recognizes the store's repositories and wires their beans. */
public class StoreRepositoryConfigurationExtension extends RepositoryConfigurationExtensionSupport {

    /** Name of the template bean that repositories use unless configured otherwise. */
    public static final String DEFAULT_OPERATIONS = StoreRepositoryFactoryBean.DEFAULT_OPERATIONS;

    @Override
    public String getModuleName() {
        return "Store";
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the base class
    protected String getModulePrefix() {
        return getModuleIdentifier();
    }

    @Override
    public String getRepositoryBaseClassName() {
        return SimpleStoreRepository.class.getName();
    }

    @Override
    public String getRepositoryFactoryBeanClassName() {
        return StoreRepositoryFactoryBean.class.getName();
    }

    @Override
    protected Collection<Class<? extends Annotation>> getIdentifyingAnnotations() {
        return List.of(Document.class);
    }

    @Override
    protected Collection<Class<?>> getIdentifyingTypes() {
        return List.of(StoreRepository.class);
    }

    @Override
    public void postProcess(BeanDefinitionBuilder builder, RepositoryConfigurationSource source) {
        source.getAttribute("storeOperationsRef")
                .filter(name -> !name.equals(DEFAULT_OPERATIONS))
                .ifPresent(name -> builder.addPropertyReference("storeOperations", name));
        builder.addPropertyValue(
                "transactionManager",
                source.getAttribute("transactionManagerRef").orElse(StoreTransactionManager.BEAN_NAME));
    }

    @Override
    public void postProcess(BeanDefinitionBuilder builder, AnnotationRepositoryConfigurationSource source) {
        builder.addPropertyValue(
                "enableDefaultTransactions", source.getAttributes().getBoolean("enableDefaultTransactions"));
    }
}
