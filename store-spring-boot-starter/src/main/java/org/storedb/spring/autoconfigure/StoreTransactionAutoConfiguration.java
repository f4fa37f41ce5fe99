package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionManager;
import org.storedb.Store;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Auto-configuration of the store's transaction manager. It is the application's only one unless JDBC, JPA or another
 * store has one: then it exists alongside that one, is not the target of an unqualified {@code @Transactional}, and is
 * selected by its name. The others have to be set up first, because they back off if any transaction manager exists.
 */
@AutoConfiguration(
        before = TransactionAutoConfiguration.class,
        after = {StoreAutoConfiguration.class, TransactionManagerCustomizationAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.neo4j.autoconfigure.DataNeo4jAutoConfiguration"
        })
@ConditionalOnSingleCandidate(Store.class)
public final class StoreTransactionAutoConfiguration {

    static StoreTransactionManager create(Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
        StoreTransactionManager manager = new StoreTransactionManager(store);
        customizers.ifAvailable(available -> available.customize(manager));
        return manager;
    }

    /** Configuration that applies if there is no other transaction manager. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(TransactionManager.class)
    static class OnlyTransactionManagerConfiguration {

        @Bean(StoreTransactionManager.BEAN_NAME)
        StoreTransactionManager storeTransactionManager(
                Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
            return create(store, customizers);
        }
    }

    /** Configuration that applies if there is another transaction manager, which stays the default. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(TransactionManager.class)
    @ConditionalOnMissingBean(StoreTransactionManager.class)
    static class FurtherTransactionManagerConfiguration {

        @Bean(name = StoreTransactionManager.BEAN_NAME, defaultCandidate = false)
        StoreTransactionManager storeTransactionManager(
                Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
            return create(store, customizers);
        }
    }
}
