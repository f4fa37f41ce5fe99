package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Keyspace;
import org.storedb.spring.cache.CacheSerializer;
import org.storedb.spring.cache.StoreCacheManager;

class StoreCacheAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreCacheAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    CacheAutoConfiguration.class))
            .withUserConfiguration(Caching.class)
            .withPropertyValues("store.in-memory=true");

    private final ApplicationContextRunner enabled = runner.withPropertyValues("store.cache.enabled=true");

    @Test
    void cachesStayWhereTheyAreUnlessTheApplicationSaysOtherwise() {
        runner.run(context ->
                assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class));
    }

    @Test
    void cachesAreInTheStoreIfTheApplicationSaysSo() {
        enabled.run(context -> {
            assertThat(context).hasSingleBean(CacheManager.class);
            assertThat(context.getBean(CacheManager.class)).isInstanceOf(StoreCacheManager.class);
        });
    }

    @Test
    void kindOfCacheThatIsNamedTakesPrecedence() {
        enabled.withPropertyValues("spring.cache.type=none")
                .run(context -> assertThat(context.getBean(CacheManager.class)).isInstanceOf(NoOpCacheManager.class));
        enabled.withPropertyValues("spring.cache.type=simple")
                .run(context ->
                        assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class));
    }

    @Test
    void cacheManagerOfTheApplicationTakesPrecedence() {
        enabled.withBean("own", CacheManager.class, NoOpCacheManager::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheManager.class)
                        .getBean(CacheManager.class)
                        .isInstanceOf(NoOpCacheManager.class));
    }

    @Test
    void withoutCachingThereIsNoCacheManager() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(StoreAutoConfiguration.class, StoreCacheAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.cache.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CacheManager.class));
    }

    @Test
    void methodsAreCached() {
        enabled.withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThat(prices.of("tea", 2)).isEqualTo("tea 2 #1");
            assertThat(prices.of("tea", 2)).isEqualTo("tea 2 #1");
            assertThat(prices.of("tea", 3)).isEqualTo("tea 3 #2");
            prices.changed("tea", 2);
            assertThat(prices.of("tea", 2)).isEqualTo("tea 2 #3");
            prices.set("tea", 2);
            assertThat(prices.of("tea", 2)).isEqualTo("set");
            prices.allChanged();
            assertThat(prices.of("tea", 3)).isEqualTo("tea 3 #4");
            assertThat(prices.atOnce("tea")).isEqualTo("at once #5");
            assertThat(prices.atOnce("tea")).isEqualTo("at once #5");
        });
    }

    @Test
    void futureOfNullIsCached() {
        enabled.withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThat(prices.later("tea").join()).isNull();
            assertThat(prices.later("tea").join()).isNull();
            assertThat(prices.calls()).isEqualTo(1);
        });
    }

    @Test
    void withoutNullValuesAMethodThatReturnsNullFailsUnlessItSaysSo() {
        enabled.withPropertyValues("store.cache.null-values=false")
                .withBean(Prices.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    assertThatThrownBy(() -> prices.none("tea")).isInstanceOf(IllegalArgumentException.class);
                    assertThat(prices.noneThatIsNotCached("tea")).isNull();
                });
    }

    @Test
    void evictionOfATransactionThatIsRolledBackDoesNotHappen() {
        enabled.withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.of("tea", 2);
            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                prices.allChanged();
                status.setRollbackOnly();
            });
            assertThat(prices.of("tea", 2)).isEqualTo("tea 2 #1");
        });
    }

    @Test
    void eachCacheHasItsTimes() {
        enabled.withPropertyValues(
                        "store.cache.time-to-live=1h",
                        "store.cache.null-values=false",
                        "store.cache.caches.prices.time-to-live=5m",
                        "store.cache.caches.[user sessions].time-to-idle=30m")
                .run(context -> {
                    assertThat(minutesLeft(context.getBean(CacheManager.class), "prices"))
                            .isEqualTo(4);
                    assertThat(minutesLeft(context.getBean(CacheManager.class), "user sessions"))
                            .isBetween(29L, 33L); // it may be kept an eighth longer
                    assertThat(minutesLeft(context.getBean(CacheManager.class), "others"))
                            .isEqualTo(59);
                    assertThatThrownBy(() -> put(context.getBean(CacheManager.class), "prices", null))
                            .isInstanceOf(IllegalArgumentException.class);
                });
        enabled.withPropertyValues("store.cache.time-to-live=1h", "store.cache.time-to-idle=1h")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("not both"));
    }

    @Test
    void cachesThatAreNamedAreAllThereAre() {
        enabled.withPropertyValues(
                        "spring.cache.cache-names=prices,sessions", "store.cache.caches.prices.time-to-live=5m")
                .run(context -> {
                    CacheManager manager = context.getBean(CacheManager.class);
                    assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("prices", "sessions");
                    assertThat(manager.getCache("others")).isNull();
                    assertThat(minutesLeft(manager, "prices")).isEqualTo(4);
                });
    }

    @Test
    void serializerOfTheApplicationIsUsed() {
        enabled.withBean(CacheSerializer.class, UpperCase::new).run(context -> {
            Cache cache = put(context.getBean(CacheManager.class), "prices", "value");
            assertThat(cache.get("KEY", String.class)).isNull();
            assertThat(cache.get("key")).isNull(); // Read back as "KEY", it belongs to another key.
            put(context.getBean(CacheManager.class), "prices", "value", "KEY");
            assertThat(cache.get("KEY", String.class)).isEqualTo("VALUE");
        });
    }

    private static Cache put(CacheManager manager, String cache, @Nullable Object value) {
        return put(manager, cache, value, "key");
    }

    private static Cache put(CacheManager manager, String cache, @Nullable Object value, String key) {
        Cache found = Objects.requireNonNull(manager.getCache(cache));
        found.put(key, value);
        return found;
    }

    private static long minutesLeft(CacheManager manager, String cache) {
        Keyspace entries = (Keyspace) put(manager, cache, "value").getNativeCache();
        byte[] key = "java.lang.String:key".getBytes(StandardCharsets.UTF_8);
        return Duration.between(Instant.now(), entries.expiresAt(key).orElseThrow())
                .toMinutes();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    static class Prices {
        private int calls;

        @Cacheable("prices")
        public String of(String product, int count) {
            return product + " " + count + " #" + ++calls;
        }

        @CacheEvict("prices")
        public void changed(String product, int count) {}

        @CachePut("prices")
        public String set(String product, int count) {
            return "set";
        }

        @CacheEvict(value = "prices", allEntries = true)
        public void allChanged() {}

        @Cacheable("later")
        public CompletableFuture<@Nullable String> later(String product) {
            calls++;
            return CompletableFuture.completedFuture(null);
        }

        @Cacheable("none")
        public @Nullable String none(String product) {
            return null;
        }

        @Cacheable(value = "none", unless = "#result == null")
        public @Nullable String noneThatIsNotCached(String product) {
            return null;
        }

        public int calls() {
            return calls;
        }

        @Cacheable(value = "at once", sync = true)
        public String atOnce(String product) {
            return "at once #" + ++calls;
        }
    }

    static class UpperCase implements CacheSerializer {
        @Override
        public byte[] toBytes(Object object) {
            return object.toString().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object fromBytes(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
