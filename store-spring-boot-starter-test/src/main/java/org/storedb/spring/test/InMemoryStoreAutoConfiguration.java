package org.storedb.spring.test;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreOpener;

/**
 * Auto-configuration that replaces each store that the application configures by one in memory, with the same limits.
 */
@AutoConfiguration(before = StoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "store.test.in-memory", matchIfMissing = true)
public final class InMemoryStoreAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StoreOpener storeOpener(ConfigurableListableBeanFactory beans, Environment environment) {
        return StoreOpener.inMemory(beans, environment);
    }
}
