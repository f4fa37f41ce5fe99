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
 * Sets up everything to store entities in the store. An application's own beans take precedence. Most are created when they
 * are first asked for; for an application with entities that is at its start.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class)
@ConditionalOnSingleCandidate(Store.class)
public final class StoreDataAutoConfiguration {

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    StoreCustomConversions storeCustomConversions() {
        return new StoreCustomConversions();
    }

    @Bean
    @ConditionalOnMissingBean
    StoreManagedTypes storeManagedTypes(ApplicationContext applicationContext) throws ClassNotFoundException {
        return StoreManagedTypes.of(
                ManagedTypes.fromIterable(new EntityScanner(applicationContext).scan(Document.class, TypeAlias.class)));
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
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
    @ConditionalOnMissingBean
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
    @ConditionalOnMissingBean
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

    /** Has the entities that are found looked at, and their indexes created, so that what is wrong with them shows now. */
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
