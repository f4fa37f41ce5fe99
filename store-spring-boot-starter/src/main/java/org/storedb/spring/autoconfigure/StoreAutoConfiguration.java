package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.storedb.Store;

/** Auto-configuration that opens the store that {@code store.*} describes, unless the application opens one itself. */
@AutoConfiguration
@EnableConfigurationProperties(StoreProperties.class)
public final class StoreAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(Store.class)
    Store store(StoreProperties properties, StoreOpener opener) {
        return opener.open(properties, null);
    }

    @Bean
    @ConditionalOnMissingBean(StoreOpener.class)
    StoreOpener storeOpener(ConfigurableListableBeanFactory beans, Environment environment) {
        return StoreOpener.configured(beans, environment);
    }
}
