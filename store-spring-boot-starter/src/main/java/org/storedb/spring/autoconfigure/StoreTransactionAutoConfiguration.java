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

    /** The transaction manager, if there is no other. */
    @Bean(StoreTransactionManager.BEAN_NAME)
    @ConditionalOnMissingBean(TransactionManager.class)
    StoreTransactionManager onlyTransactionManager(
            Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
        return create(store, customizers);
    }

    /** The transaction manager, if there is another, which stays the default. */
    @Bean(name = StoreTransactionManager.BEAN_NAME, defaultCandidate = false)
    @ConditionalOnBean(TransactionManager.class)
    @ConditionalOnMissingBean(StoreTransactionManager.class)
    StoreTransactionManager furtherTransactionManager(
            Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
        return create(store, customizers);
    }

    static StoreTransactionManager create(Store store, ObjectProvider<TransactionManagerCustomizers> customizers) {
        StoreTransactionManager manager = new StoreTransactionManager(store);
        customizers.ifAvailable(available -> available.customize(manager));
        return manager;
    }
}
