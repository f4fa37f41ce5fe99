package org.storedb.spring.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreOpener;
import org.storedb.spring.autoconfigure.StoreProperties;

/** Puts a store in memory in the place of the one that the application configures, with the same limits. */
@AutoConfiguration(before = StoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "store.test.in-memory", matchIfMissing = true)
@EnableConfigurationProperties(StoreProperties.class)
public final class InMemoryStoreAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Store store(StoreProperties properties, StoreOpener opener) {
        return opener.openInMemory(properties);
    }
}
