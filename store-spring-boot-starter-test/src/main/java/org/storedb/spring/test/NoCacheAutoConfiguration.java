package org.storedb.spring.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that disables caching: an application with {@code @EnableCaching}, whose caches are not part of
 * the slice, still needs a cache manager, and each call reaches the store.
 */
@AutoConfiguration(afterName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBean(CacheAspectSupport.class)
public final class NoCacheAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean({CacheManager.class, CacheResolver.class})
    CacheManager cacheManager() {
        return new NoOpCacheManager();
    }
}
