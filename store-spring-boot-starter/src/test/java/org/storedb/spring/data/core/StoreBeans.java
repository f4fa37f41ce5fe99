package org.storedb.spring.data.core;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.storedb.Store;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.transaction.StoreTransactionManager;

/** An in-memory store as configured in an application without the starter: with a template and transactions. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
public class StoreBeans {

    @Bean
    Store store() {
        return Store.openInMemory();
    }

    @Bean
    StoreTemplate storeTemplate(Store store) {
        return new StoreTemplate(store, new StoreConverter(new StoreMappingContext(), new StoreCustomConversions()));
    }

    @Bean
    StoreTransactionManager storeTransactionManager(Store store) {
        return new StoreTransactionManager(store);
    }
}
