package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.storedb.search.TextIndex;
import org.storedb.spring.actuate.StoreTextIndexesHealthIndicator;
import org.storedb.spring.data.search.StoreTextIndexes;

/** Sets up the health contributor {@code storeTextIndexes}. */
@AutoConfiguration(after = StoreSearchAutoConfiguration.class)
@ConditionalOnClass({TextIndex.class, HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(StoreTextIndexes.class)
@ConditionalOnEnabledHealthIndicator("storeTextIndexes")
public final class StoreSearchHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"storeTextIndexesHealthIndicator", "storeTextIndexesHealthContributor"})
    HealthContributor storeTextIndexesHealthContributor(StoreTextIndexes indexes) {
        return new StoreTextIndexesHealthIndicator(indexes);
    }
}
