package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
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

/** Sets up the health contributor {@code store}, with one component for each store if there are several. */
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
        // Injected as a map, the stores of 'store.additional' would be missing: they are no candidates by default.
        return createContributor(
                SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, Store.class, false, true));
    }
}
