package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.storedb.Store;
import org.storedb.spring.actuate.NamedStores;
import org.storedb.spring.actuate.StoreBackupEndpoint;
import org.storedb.spring.actuate.StoreCompactionEndpoint;
import org.storedb.spring.actuate.StoreEndpoint;
import org.storedb.spring.actuate.StoreSlowQueriesEndpoint;
import org.storedb.spring.actuate.StoreVerificationEndpoint;

/**
 * Auto-configuration of the actuator endpoints {@code store}, {@code storeslowqueries}, {@code storecompaction},
 * {@code storeverification} and {@code storebackup}, each for all stores.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnSingleCandidate(Store.class)
@EnableConfigurationProperties(StoreProperties.class)
public final class StoreEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    NamedStores storeEndpointStores(ConfigurableListableBeanFactory beans) {
        return new NamedStores(beans.resolveNamedBean(Store.class).getBeanName(), StoreBeans.byName(beans));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreEndpoint.class)
    StoreEndpoint storeEndpoint(NamedStores stores) {
        return new StoreEndpoint(stores);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreSlowQueriesEndpoint.class)
    StoreSlowQueriesEndpoint storeSlowQueriesEndpoint(NamedStores stores) {
        return new StoreSlowQueriesEndpoint(stores);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreCompactionEndpoint.class)
    StoreCompactionEndpoint storeCompactionEndpoint(NamedStores stores) {
        return new StoreCompactionEndpoint(stores);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreVerificationEndpoint.class)
    StoreVerificationEndpoint storeVerificationEndpoint(NamedStores stores) {
        return new StoreVerificationEndpoint(stores);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(StoreBackupEndpoint.class)
    StoreBackupEndpoint storeBackupEndpoint(NamedStores stores, StoreProperties properties, Environment environment) {
        Map<String, Path> directories = new HashMap<>();
        addDirectory(directories, stores.defaultName(), properties);
        AdditionalStores.propertiesIn(environment).forEach((name, additional) -> {
            try {
                addDirectory(directories, AdditionalStores.storeBeanName(name), additional);
            } catch (InvalidStorePropertyException e) {
                throw e.ofAdditional(name);
            }
        });
        return new StoreBackupEndpoint(stores, directories);
    }

    private static void addDirectory(Map<String, Path> directories, String store, StoreProperties properties) {
        StoreProperties.Backup backup = properties.backup();
        String directory = backup == null ? null : backup.directory();
        if (directory != null) {
            directories.put(store, PropertyChecks.directory("backup.directory", directory));
        }
    }
}
