package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.core.env.Environment;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;

/** Registrar of text indexes and a text search for each name in {@code store.additional.*}. */
final class AdditionalTextIndexesRegistrar extends AdditionalBeansRegistrar {

    AdditionalTextIndexesRegistrar(Environment environment) {
        super(environment, AdditionalTextIndexes.BEAN_NAME);
    }

    @Override
    void register(String name, AdditionalBeans beans) {
        String indexes = name + "TextIndexes";
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
