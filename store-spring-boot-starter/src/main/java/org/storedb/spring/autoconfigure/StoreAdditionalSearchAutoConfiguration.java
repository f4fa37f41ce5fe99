package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.storedb.search.TextIndex;

/**
 * Auto-configuration of full-text search in the stores that {@code store.additional.<name>.*} describes, if the module
 * {@code store-search} is present: {@code <name>TextIndexes} and {@code <name>TextSearch}.
 */
@AutoConfiguration(
        after = {StoreAdditionalStoresAutoConfiguration.class, StoreSearchAutoConfiguration.class},
        before = StoreRepositoriesAutoConfiguration.class)
@ConditionalOnClass(TextIndex.class)
@ConditionalOnBean(AdditionalStores.class)
@ConditionalOnMissingBean(AdditionalTextIndexes.class)
@Import(AdditionalTextIndexesRegistrar.class)
public final class StoreAdditionalSearchAutoConfiguration {

    @Bean(AdditionalTextIndexes.BEAN_NAME)
    AdditionalTextIndexes storeAdditionalTextIndexes(Environment environment, BeanFactory beans) {
        return new AdditionalTextIndexes(environment, beans);
    }
}
