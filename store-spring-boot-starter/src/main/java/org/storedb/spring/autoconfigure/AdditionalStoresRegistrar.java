package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.core.env.Environment;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Registrar of a store, a template and a transaction manager for each name in {@code store.additional.*}. None of them
 * is injected, or used by {@code @Transactional}, where no name is given.
 */
final class AdditionalStoresRegistrar extends AdditionalBeansRegistrar {

    AdditionalStoresRegistrar(Environment environment) {
        super(environment, AdditionalStores.BEAN_NAME);
    }

    @Override
    void register(String name, AdditionalBeans beans) {
        String store = AdditionalStores.storeBeanName(name);
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
