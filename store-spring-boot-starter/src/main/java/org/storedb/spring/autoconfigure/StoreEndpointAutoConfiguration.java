package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreBackupEndpoint;
import org.storedb.spring.actuate.StoreCompactionEndpoint;
import org.storedb.spring.actuate.StoreEndpoint;
import org.storedb.spring.actuate.StoreSlowQueriesEndpoint;
import org.storedb.spring.actuate.StoreVerificationEndpoint;

/**
 * Sets up the actuator endpoints {@code store}, {@code storeslowqueries}, {@code storecompaction}, {@code
 * storeverification} and {@code storebackup}.
 */
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
    @ConditionalOnAvailableEndpoint(StoreSlowQueriesEndpoint.class)
    StoreSlowQueriesEndpoint storeSlowQueriesEndpoint(Store store) {
        return new StoreSlowQueriesEndpoint(store);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreCompactionEndpoint.class)
    StoreCompactionEndpoint storeCompactionEndpoint(Store store) {
        return new StoreCompactionEndpoint(store);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreVerificationEndpoint.class)
    StoreVerificationEndpoint storeVerificationEndpoint(Store store) {
        return new StoreVerificationEndpoint(store);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreBackupEndpoint.class)
    StoreBackupEndpoint storeBackupEndpoint(Store store, StoreProperties properties) {
        String directory = properties.backup().directory();
        return new StoreBackupEndpoint(store, directory == null ? null : Path.of(directory));
    }
}
