package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;

/** Factory of the beans for full-text search in the stores that {@code store.additional.*} describes. */
final class AdditionalTextIndexes {

    static final String BEAN_NAME = "storeAdditionalTextIndexes";

    private final Environment environment;
    private final BeanFactory beans;

    AdditionalTextIndexes(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    /**
     * Creates the text indexes of a store. None is opened at startup: the store's repositories and searches tell which
     * entities it has.
     */
    StoreTextIndexes indexes(String name, Store store) {
        StoreSearchProperties properties = Binder.get(environment)
                .bindOrCreate(AdditionalStores.PREFIX + "." + name + ".search", StoreSearchProperties.class);
        StoreMappingContext mappingContext = beans.getBean(StoreMappingContext.class);
        try {
            return StoreSearchAutoConfiguration.textIndexes(
                    store, mappingContext, properties, beans, collection -> false);
        } catch (InvalidStorePropertyException e) {
            throw e.ofAdditional(name);
        }
    }

    StoreTextSearch search(StoreTemplate template, StoreTextIndexes indexes) {
        return new StoreTextSearch(template, indexes, beans.getBean(StoreExceptionTranslator.class));
    }
}
