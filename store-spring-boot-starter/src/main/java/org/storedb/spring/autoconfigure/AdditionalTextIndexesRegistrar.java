package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;

/** Registers text indexes and a search in them for each name in {@code store.additional.*}. */
final class AdditionalTextIndexesRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    AdditionalTextIndexesRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String name : AdditionalStores.propertiesIn(environment).keySet()) {
            String indexes = name + "TextIndexes";
            AdditionalBeans beans = new AdditionalBeans(registry, AdditionalTextIndexes.BEAN_NAME);
            beans.registerClosed(
                    indexes,
                    StoreTextIndexes.class,
                    "indexes",
                    name,
                    new RuntimeBeanReference(AdditionalStores.storeBeanName(name)));
            beans.register(
                    name + "TextSearch",
                    StoreTextSearch.class,
                    "search",
                    new RuntimeBeanReference(AdditionalStores.templateBeanName(name)),
                    new RuntimeBeanReference(indexes));
        }
    }
}
