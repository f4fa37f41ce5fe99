package org.storedb.spring.restart.application;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreCacheAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreRepositoriesAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;

/** An application whose classes are loaded again on each restart. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
@ImportAutoConfiguration({
    StoreAutoConfiguration.class,
    StoreDataAutoConfiguration.class,
    StoreTransactionAutoConfiguration.class,
    StoreRepositoriesAutoConfiguration.class,
    StoreChangeListenerAutoConfiguration.class,
    StoreCacheAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
@EnableCaching
public class NoteApplication {

    @Bean
    public NoteDesk noteDesk(NoteRepository notes) {
        return new NoteDesk(notes);
    }
}
