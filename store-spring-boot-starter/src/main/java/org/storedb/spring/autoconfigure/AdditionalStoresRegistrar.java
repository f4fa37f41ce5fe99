package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Registers a store, a template and a transaction manager for each name in {@code store.additional.*}. None of them is
 * what is injected, or used by {@code @Transactional}, where no name is given.
 */
final class AdditionalStoresRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    AdditionalStoresRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String name : AdditionalStores.propertiesIn(environment).keySet()) {
            String store = AdditionalStores.storeBeanName(name);
            AdditionalBeans beans = new AdditionalBeans(registry, AdditionalStores.BEAN_NAME);
            beans.registerClosed(store, Store.class, "open", name);
            beans.register(
                    AdditionalStores.templateBeanName(name),
                    StoreTemplate.class,
                    "template",
                    new RuntimeBeanReference(store));
            beans.register(
                    name + "TransactionManager",
                    StoreTransactionManager.class,
                    "transactionManager",
                    new RuntimeBeanReference(store));
        }
    }
}
