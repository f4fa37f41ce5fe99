package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreHealthIndicator;

/**
 * Auto-configuration of the health contributor {@code store}, with one component for each store if there are several.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Store.class)
@ConditionalOnEnabledHealthIndicator("store")
public final class StoreHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<StoreHealthIndicator, Store> {

    StoreHealthContributorAutoConfiguration() {
        super(StoreHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"storeHealthIndicator", "storeHealthContributor"})
    HealthContributor storeHealthContributor(ConfigurableListableBeanFactory beans) {
        return createContributor(StoreBeans.byName(beans));
    }
}
