package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.storedb.spring.data.change.StoreChangeListenerPostProcessor;
import org.storedb.spring.data.change.StoreChangeListeners;
import org.storedb.spring.data.core.StoreTemplate;

/** Auto-configuration for methods annotated with {@code @StoreChangeListener}. */
@AutoConfiguration(after = {StoreDataAutoConfiguration.class, StoreAdditionalStoresAutoConfiguration.class})
@ConditionalOnBean(StoreTemplate.class)
@ConditionalOnMissingBean(StoreChangeListeners.class)
@EnableConfigurationProperties(StoreChangeListenerProperties.class)
public final class StoreChangeListenerAutoConfiguration {

    @Bean
    StoreChangeListeners storeChangeListeners(StoreChangeListenerProperties properties) {
        return new StoreChangeListeners(properties.toSettings());
    }

    @Bean
    static StoreChangeListenerPostProcessor storeChangeListenerPostProcessor(ConfigurableListableBeanFactory beans) {
        return new StoreChangeListenerPostProcessor(beans);
    }

    /** Excludes the listeners from lazy initialization: nothing injects them, so a lazy one would never be called. */
    @Bean
    @Lazy
    static LazyInitializationExcludeFilter storeChangeListenersAreNotLazy() {
        return (name, definition, type) -> StoreChangeListenerPostProcessor.isListener(type);
    }
}
