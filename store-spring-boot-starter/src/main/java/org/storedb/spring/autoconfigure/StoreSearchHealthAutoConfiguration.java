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
import org.storedb.search.TextIndex;
import org.storedb.spring.actuate.StoreTextIndexesHealthIndicator;
import org.storedb.spring.data.search.StoreTextIndexes;

/**
 * Auto-configuration of the health contributor {@code storeTextIndexes}, with one component for each store if there are
 * several.
 */
@AutoConfiguration(after = {StoreSearchAutoConfiguration.class, StoreAdditionalSearchAutoConfiguration.class})
@ConditionalOnClass({TextIndex.class, HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StoreTextIndexes.class)
@ConditionalOnEnabledHealthIndicator("store-text-indexes")
public final class StoreSearchHealthAutoConfiguration
        extends CompositeHealthContributorConfiguration<StoreTextIndexesHealthIndicator, StoreTextIndexes> {

    StoreSearchHealthAutoConfiguration() {
        super(StoreTextIndexesHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"storeTextIndexesHealthIndicator", "storeTextIndexesHealthContributor"})
    HealthContributor storeTextIndexesHealthContributor(ConfigurableListableBeanFactory beans) {
        return createContributor(StoreBeans.byName(beans, StoreTextIndexes.class));
    }
}
