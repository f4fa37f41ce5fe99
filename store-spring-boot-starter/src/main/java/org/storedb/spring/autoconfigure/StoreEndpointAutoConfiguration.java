package org.storedb.spring.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreCompactionEndpoint;
import org.storedb.spring.actuate.StoreEndpoint;

/** Sets up the actuator endpoints {@code store} and {@code storecompaction}. */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnSingleCandidate(Store.class)
public final class StoreEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreEndpoint.class)
    StoreEndpoint storeEndpoint(Store store) {
        return new StoreEndpoint(store);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreCompactionEndpoint.class)
    StoreCompactionEndpoint storeCompactionEndpoint(Store store) {
        return new StoreCompactionEndpoint(store);
    }
}
