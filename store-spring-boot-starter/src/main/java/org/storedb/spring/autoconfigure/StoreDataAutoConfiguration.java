package org.storedb.spring.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.persistence.autoconfigure.EntityScanner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.domain.ManagedTypes;
import org.springframework.data.mapping.model.FieldNamingStrategy;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.StoreManagedTypes;
import org.storedb.spring.data.core.mapping.StoreMappingContext;

/**
 * Auto-configuration of everything needed to store entities. An application's own beans take precedence. Most beans are
 * created on first use; in an application with entities that is at startup. Conditions name their types: to find them out
 * from the methods, Spring Boot would load all types that this class mentions.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnSingleCandidate(Store.class)
public final class StoreDataAutoConfiguration {

    @Bean
    @Lazy
    @ConditionalOnMissingBean(StoreCustomConversions.class)
    StoreCustomConversions storeCustomConversions() {
        return new StoreCustomConversions();
    }

    @Bean
    @ConditionalOnMissingBean(StoreManagedTypes.class)
    StoreManagedTypes storeManagedTypes(ApplicationContext applicationContext) throws ClassNotFoundException {
        return StoreManagedTypes.of(
                ManagedTypes.fromIterable(new EntityScanner(applicationContext).scan(Document.class, TypeAlias.class)));
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(StoreMappingContext.class)
    StoreMappingContext storeMappingContext(
            StoreManagedTypes managedTypes,
            StoreCustomConversions customConversions,
            ObjectProvider<FieldNamingStrategy> fieldNaming) {
        StoreMappingContext mappingContext = new StoreMappingContext();
        fieldNaming.ifUnique(mappingContext::setFieldNamingStrategy);
        mappingContext.setManagedTypes(managedTypes);
        mappingContext.setSimpleTypeHolder(customConversions.getSimpleTypeHolder());
        return mappingContext;
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(StoreConverter.class)
    StoreConverter storeConverter(
            StoreMappingContext mappingContext,
            StoreCustomConversions customConversions,
            ObjectProvider<StoreTemplate> templates) {
        StoreConverter converter = new StoreConverter(mappingContext, customConversions);
        converter.setReferenceLoader((type, id) -> templates.getObject().referredTo(type, id));
        return converter;
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(StoreExceptionTranslator.class)
    StoreExceptionTranslator storeExceptionTranslator() {
        return new StoreExceptionTranslator();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(StoreOperations.class)
    StoreTemplate storeTemplate(Store store, StoreConverter converter, StoreExceptionTranslator exceptionTranslator) {
        StoreTemplate template = new StoreTemplate(store, converter, exceptionTranslator);
        template.createIndexes(converter.getMappingContext().getPersistentEntities().stream()
                .filter(entity -> entity.isAnnotationPresent(Document.class))
                .toList());
        return template;
    }

    @Bean
    EntitiesAtStart storeEntitiesAtStart(
            StoreManagedTypes managedTypes,
            ObjectProvider<StoreMappingContext> mappingContexts,
            ObjectProvider<StoreTemplate> templates) {
        return new EntitiesAtStart(managedTypes, mappingContexts, templates);
    }

    /**
     * Bean that examines the entities found and creates their indexes at startup, so that errors in them show early.
     */
    static final class EntitiesAtStart {

        EntitiesAtStart(
                StoreManagedTypes managedTypes,
                ObjectProvider<StoreMappingContext> mappingContexts,
                ObjectProvider<StoreTemplate> templates) {
            if (!managedTypes.isEmpty()) {
                mappingContexts.getIfUnique();
                templates.getIfUnique();
            }
        }
    }
}
