package org.storedb.spring.autoconfigure;

import java.util.function.Predicate;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.search.TextIndex;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.search.StoreTextIndexes;
import org.storedb.spring.data.search.StoreTextSearch;

/**
 * Auto-configuration that opens the text indexes that entities declare, if the module {@code store-search} is present.
 */
@AutoConfiguration(after = StoreDataAutoConfiguration.class, before = StoreRepositoriesAutoConfiguration.class)
@ConditionalOnClass(TextIndex.class)
@ConditionalOnSingleCandidate(Store.class)
@ConditionalOnBean(StoreTemplate.class)
@EnableConfigurationProperties(StoreSearchProperties.class)
public final class StoreSearchAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    StoreTextIndexes storeTextIndexes(
            Store store,
            StoreMappingContext mappingContext,
            StoreSearchProperties properties,
            ConfigurableListableBeanFactory beans) {
        return textIndexes(
                store, mappingContext, properties, beans, collection -> !isOfAnotherStore(collection, beans));
    }

    /** Creates the text indexes of a store from such properties, with the analyzers that are beans. */
    static StoreTextIndexes textIndexes(
            Store store,
            StoreMappingContext mappingContext,
            StoreSearchProperties properties,
            BeanFactory beans,
            Predicate<String> openedAtStart) {
        return new StoreTextIndexes(
                store,
                mappingContext,
                properties.directoryFor(store),
                properties.indexOptions(),
                name -> beans.getBean(name, TextAnalyzer.class),
                openedAtStart);
    }

    /** Returns whether a repository of an additional store has opened the index of a collection in that store. */
    private static boolean isOfAnotherStore(String collection, ConfigurableListableBeanFactory beans) {
        return StoreBeans.byName(beans, StoreTextIndexes.class).values().stream()
                .anyMatch(indexes -> indexes.all().containsKey(collection));
    }

    @Bean
    @ConditionalOnMissingBean
    StoreTextSearch storeTextSearch(
            StoreTemplate template, StoreTextIndexes indexes, StoreExceptionTranslator exceptionTranslator) {
        return new StoreTextSearch(template, indexes, exceptionTranslator);
    }
}
