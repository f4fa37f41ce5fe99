package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
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
            RootBeanDefinition opened = definition(Store.class, "open", name);
            opened.setDestroyMethodName("close");
            register(registry, store, opened);
            register(
                    registry,
                    name + "Template",
                    definition(StoreTemplate.class, "template", new RuntimeBeanReference(store)));
            register(
                    registry,
                    name + "TransactionManager",
                    definition(StoreTransactionManager.class, "transactionManager", new RuntimeBeanReference(store)));
        }
    }

    private static RootBeanDefinition definition(Class<?> type, String factoryMethod, Object argument) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(AdditionalStores.BEAN_NAME);
        definition.setFactoryMethodName(factoryMethod);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, argument);
        definition.setDefaultCandidate(false);
        return definition;
    }

    /** What the application has defined under the same name takes precedence. */
    private static void register(BeanDefinitionRegistry registry, String name, RootBeanDefinition definition) {
        if (!registry.containsBeanDefinition(name)) {
            registry.registerBeanDefinition(name, definition);
        }
    }
}
