package org.storedb.spring.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.MethodIntrospector;
import org.springframework.dao.annotation.PersistenceExceptionTranslationPostProcessor;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.ProxyTransactionManagementConfiguration;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Preinitializer that does what every start of an application with a store does for the first time, while the main
 * thread does other things: it loads classes, in the order in which the main thread will need them, and none of the
 * application's own. The objects created here are discarded.
 */
class StoreBackgroundPreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() throws ClassNotFoundException {
        for (Class<?> type : transactionClasses()) {
            Class.forName(type.getName(), true, type.getClassLoader());
        }
        StoreProperties properties =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("store", StoreProperties.class);
        try (Store store = Store.openInMemory(properties.toOptions())) {
            beanClasses(store).forEach(StoreBackgroundPreinitializer::examine);
        }
    }

    /** Returns classes of Spring's. As a field they would be loaded by the main thread, which creates this object. */
    private static List<Class<?>> transactionClasses() {
        return List.of(
                PersistenceExceptionTranslationPostProcessor.class,
                ProxyTransactionManagementConfiguration.class,
                BeanFactoryTransactionAttributeSourceAdvisor.class,
                TransactionInterceptor.class,
                AnnotationTransactionAttributeSource.class);
    }

    /** Returns the classes of the larger beans that exist in every application with a store. */
    private static List<Class<?>> beanClasses(Store store) {
        return List.of(
                store.getClass(),
                StoreTransactionManager.class,
                StoreCustomConversions.class,
                StoreMappingContext.class,
                StoreConverter.class,
                StoreTemplate.class);
    }

    /** Examines the methods of a class as Spring does with those of each bean: this loads the types they name. */
    private static void examine(Class<?> type) {
        MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Object>) method -> null);
    }
}
