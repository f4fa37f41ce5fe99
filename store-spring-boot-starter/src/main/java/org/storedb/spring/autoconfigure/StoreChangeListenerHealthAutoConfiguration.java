package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.storedb.spring.actuate.StoreChangeListenersHealthIndicator;
import org.storedb.spring.data.change.StoreChangeListeners;

/** Auto-configuration of the health contributor {@code storeChangeListeners}. */
@AutoConfiguration(after = StoreChangeListenerAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StoreChangeListeners.class)
@ConditionalOnEnabledHealthIndicator("store-change-listeners")
public final class StoreChangeListenerHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"storeChangeListenersHealthIndicator", "storeChangeListenersHealthContributor"})
    HealthContributor storeChangeListenersHealthContributor(StoreChangeListeners listeners) {
        return new StoreChangeListenersHealthIndicator(listeners);
    }
}
