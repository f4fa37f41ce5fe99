package org.storedb.spring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.storedb.spring.observation.StoreObservationPostProcessor;

/**
 * Auto-configuration that observes each call of the template, directly or through repositories, if
 * {@code store.observations.enabled} is set.
 */
@AutoConfiguration(
        after = StoreDataAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty("store.observations.enabled")
public final class StoreObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    static StoreObservationPostProcessor storeObservationPostProcessor(ObjectProvider<ObservationRegistry> registry) {
        return new StoreObservationPostProcessor(registry);
    }
}
