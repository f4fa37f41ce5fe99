package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registrar of the same beans for each name in {@code store.additional.*}. */
abstract class AdditionalBeansRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final String factoryBeanName;

    /**
     * Creates a registrar.
     *
     * @param factoryBeanName the bean whose methods create the registered beans
     */
    AdditionalBeansRegistrar(Environment environment, String factoryBeanName) {
        this.environment = environment;
        this.factoryBeanName = factoryBeanName;
    }

    @Override
    public final void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        AdditionalBeans beans = new AdditionalBeans(registry, factoryBeanName);
        AdditionalStores.propertiesIn(environment).keySet().forEach(name -> register(name, beans));
    }

    /** Registers the beans for one name. */
    abstract void register(String name, AdditionalBeans beans);
}
