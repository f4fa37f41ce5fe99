package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.repository.config.StoreRepositoryConfigurationExtension;
import org.storedb.spring.data.repository.support.StoreRepositoryFactoryBean;

/**
 * Auto-configuration that enables the store's repositories in the application's packages, if there are any, unless the
 * application does so itself.
 */
@AutoConfiguration(after = {StoreDataAutoConfiguration.class, StoreTransactionAutoConfiguration.class})
@Conditional(OnRepositoryInterfaceCondition.class)
@ConditionalOnBean(StoreOperations.class)
@ConditionalOnBooleanProperty(name = "store.repositories.enabled", matchIfMissing = true)
@ConditionalOnMissingBean({StoreRepositoryFactoryBean.class, StoreRepositoryConfigurationExtension.class})
@Import(ApplicationRepositoriesRegistrar.class)
public final class StoreRepositoriesAutoConfiguration {}
