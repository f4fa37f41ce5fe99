package org.storedb.spring.autoconfigure;

import java.util.List;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.storedb.Store;
import org.storedb.spring.cache.CacheSerializer;
import org.storedb.spring.cache.JavaCacheSerializer;
import org.storedb.spring.cache.StoreCacheManager;

/**
 * Auto-configuration that keeps Spring's caches in the store if {@code store.cache.enabled} is set, in place of the
 * cache that Spring Boot would choose. An application's own {@code CacheManager} or {@code CacheResolver}, and a cache
 * type named by {@code spring.cache.type}, take precedence.
 */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBooleanProperty("store.cache.enabled")
@Conditional(StoreCacheAutoConfiguration.NoCacheTypeCondition.class)
@ConditionalOnBean(CacheAspectSupport.class)
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@ConditionalOnSingleCandidate(Store.class)
@EnableConfigurationProperties(StoreCacheProperties.class)
public final class StoreCacheAutoConfiguration implements BeanClassLoaderAware {

    private static final String TYPE = "spring.cache.type";
    private static final String NAMES = "spring.cache.cache-names";

    private ClassLoader classLoader = StoreCacheAutoConfiguration.class.getClassLoader();

    @Override
    public void setBeanClassLoader(ClassLoader newClassLoader) {
        classLoader = newClassLoader;
    }

    @Bean
    StoreCacheManager cacheManager(
            Store store,
            StoreCacheProperties properties,
            ObjectProvider<CacheSerializer> serializers,
            Environment environment) {
        if (store.isReadOnly()) {
            throw new InvalidStorePropertyException(
                    "cache.enabled",
                    "is 'true' for a store that is open for reading only",
                    "'false' or not set: caches write to their store");
        }
        CacheSerializer serializer = serializers.getIfAvailable(() -> new JavaCacheSerializer(classLoader));
        List<String> names = Binder.get(environment)
                .bind(NAMES, Bindable.listOf(String.class))
                .orElse(List.of());
        return names.isEmpty()
                ? new StoreCacheManager(store, serializer, properties.toDefaults(), properties.toSettings())
                : StoreCacheManager.ofNames(store, serializer, properties.toDefaults(), properties.toSettings(), names);
    }

    /** Condition that matches if no cache type is named. */
    static final class NoCacheTypeCondition extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String type = context.getEnvironment().getProperty(TYPE);
            ConditionMessage.Builder message = ConditionMessage.forCondition("Cache type");
            return type == null
                    ? ConditionOutcome.match(message.didNotFind(TYPE).atAll())
                    : ConditionOutcome.noMatch(message.because(TYPE + " is " + type));
        }
    }
}
