package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;

/**
 * Auto-configuration that opens the stores that {@code store.additional.<name>.*} describes, each with a template and a
 * transaction manager: {@code <name>Store}, {@code <name>Template} and {@code <name>TransactionManager}. An application
 * that excludes {@link StoreAutoConfiguration} has none of them, and a child context uses those of its parent.
 */
@AutoConfiguration(
        after = {StoreAutoConfiguration.class, StoreDataAutoConfiguration.class, StoreTransactionAutoConfiguration.class
        })
@Conditional(OnAdditionalStoresCondition.class)
@ConditionalOnBean(StoreOpener.class)
@ConditionalOnMissingBean(AdditionalStores.class)
@Import(AdditionalStoresRegistrar.class)
public final class StoreAdditionalStoresAutoConfiguration {

    @Bean(AdditionalStores.BEAN_NAME)
    AdditionalStores storeAdditionalStores(
            Environment environment,
            StoreOpener opener,
            ObjectProvider<StoreMappingContext> mappingContext,
            ObjectProvider<StoreCustomConversions> customConversions,
            ObjectProvider<StoreExceptionTranslator> exceptionTranslator,
            ObjectProvider<TransactionManagerCustomizers> customizers) {
        return new AdditionalStores(
                environment, opener, mappingContext, customConversions, exceptionTranslator, customizers);
    }
}
