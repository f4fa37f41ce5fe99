package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registration of beans of additional stores, each created by a method of one other bean. None of them is injected
 * where no name is given, and a bean that the application defines under the same name takes precedence.
 */
final class AdditionalBeans {

    private final BeanDefinitionRegistry registry;
    private final String factoryBeanName;

    AdditionalBeans(BeanDefinitionRegistry registry, String factoryBeanName) {
        this.registry = registry;
        this.factoryBeanName = factoryBeanName;
    }

    /**
     * Registers a bean.
     *
     * @param factoryMethod the method that creates the bean
     * @param arguments the arguments of the method: values or references to beans
     */
    void register(String name, Class<?> type, String factoryMethod, Object... arguments) {
        register(name, definition(type, factoryMethod, arguments));
    }

    /** Registers a bean that is closed with the application. */
    void registerClosed(String name, Class<? extends AutoCloseable> type, String factoryMethod, Object... arguments) {
        RootBeanDefinition definition = definition(type, factoryMethod, arguments);
        definition.setDestroyMethodName("close");
        register(name, definition);
    }

    private RootBeanDefinition definition(Class<?> type, String factoryMethod, Object... arguments) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(factoryBeanName);
        definition.setFactoryMethodName(factoryMethod);
        ConstructorArgumentValues values = definition.getConstructorArgumentValues();
        for (int at = 0; at < arguments.length; at++) {
            values.addIndexedArgumentValue(at, arguments[at]);
        }
        definition.setDefaultCandidate(false);
        return definition;
    }

    private void register(String name, RootBeanDefinition definition) {
        if (!registry.containsBeanDefinition(name)) {
            registry.registerBeanDefinition(name, definition);
        }
    }
}
