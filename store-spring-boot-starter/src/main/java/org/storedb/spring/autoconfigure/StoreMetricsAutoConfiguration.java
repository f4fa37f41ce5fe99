package org.storedb.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreBackupEndpoint;
import org.storedb.spring.actuate.StoreMetrics;

/** Auto-configuration of the meters {@code store.*} for each store. */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Store.class})
public final class StoreMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StoreMetrics storeMetrics(
            ConfigurableListableBeanFactory beans, ObjectProvider<StoreBackupEndpoint> backupEndpoint) {
        return new StoreMetrics(StoreBeans.byName(beans), backupEndpoint::getIfAvailable);
    }
}
