package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;

/** Opens the store that {@code store.*} describes, unless the application opens one itself. */
@AutoConfiguration
@EnableConfigurationProperties(StoreProperties.class)
public final class StoreAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Store store(StoreProperties properties) {
        return properties.inMemory()
                ? Store.openInMemory(properties.toOptions())
                : Store.open(Path.of(properties.path()), properties.toOptions());
    }
}
