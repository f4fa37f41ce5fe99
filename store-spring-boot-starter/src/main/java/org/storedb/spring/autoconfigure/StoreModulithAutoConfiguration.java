package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.modulith.events.core.EventSerializer;
import org.springframework.modulith.events.support.CompletionMode;
import org.storedb.Store;
import org.storedb.spring.modulith.StoreEventPublicationRepository;

/**
 * Auto-configuration that keeps Spring Modulith's event publications in the store, unless the application keeps them
 * elsewhere.
 */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        afterName = {
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
            "org.springframework.modulith.events.jpa.JpaEventPublicationAutoConfiguration",
            "org.springframework.modulith.events.mongodb.MongoDbEventPublicationAutoConfiguration",
            "org.springframework.modulith.events.neo4j.Neo4jEventPublicationAutoConfiguration"
        },
        beforeName = "org.springframework.modulith.events.config.EventPublicationAutoConfiguration")
@ConditionalOnClass(EventPublicationRepository.class)
@ConditionalOnSingleCandidate(Store.class)
@ConditionalOnMissingBean(EventPublicationRepository.class)
public final class StoreModulithAutoConfiguration {

    @Bean
    StoreEventPublicationRepository storeEventPublicationRepository(
            Store store, EventSerializer serializer, Environment environment, ApplicationContext context) {
        return new StoreEventPublicationRepository(
                store, serializer, CompletionMode.from(environment), context.getClassLoader());
    }
}
