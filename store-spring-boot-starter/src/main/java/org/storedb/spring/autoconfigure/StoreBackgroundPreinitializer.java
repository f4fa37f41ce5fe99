package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.annotation.PersistenceExceptionTranslationPostProcessor;
import org.springframework.data.repository.config.AnnotationRepositoryConfigurationSource;
import org.springframework.data.repository.config.RepositoryConfigurationDelegate;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.ProxyTransactionManagementConfiguration;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.storedb.Store;
import org.storedb.spring.data.repository.config.StoreRepositoryConfigurationExtension;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Preinitializer that loads classes needed by every application with a store while the main thread does other things:
 * in the order in which the main thread will need them, and nothing of the application's own. The objects created here
 * are discarded.
 */
class StoreBackgroundPreinitializer implements BackgroundPreinitializer {

    private static final Class<?>[] FIRST = {
        AnnotationRepositoryConfigurationSource.class,
        StoreRepositoryConfigurationExtension.class,
        RepositoryConfigurationDelegate.class,
        PersistenceExceptionTranslationPostProcessor.class,
        ProxyTransactionManagementConfiguration.class,
        BeanFactoryTransactionAttributeSourceAdvisor.class,
        TransactionInterceptor.class,
        AnnotationTransactionAttributeSource.class,
    };

    @Override
    public void preinitialize() throws ClassNotFoundException {
        for (Class<?> type : FIRST) {
            Class.forName(type.getName(), true, type.getClassLoader());
        }
        StoreProperties properties =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("store", StoreProperties.class);
        try (Store store = Store.openInMemory(properties.toOptions())) {
            new StoreTransactionManager(store);
        }
    }
}
