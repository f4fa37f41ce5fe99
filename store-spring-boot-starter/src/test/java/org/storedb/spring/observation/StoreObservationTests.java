package org.storedb.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Query;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreObservationAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

class StoreObservationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreObservationAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    ObservationAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class))
            .withUserConfiguration(Repositories.class)
            .withPropertyValues("store.in-memory=true");

    private final ApplicationContextRunner observed = runner.withPropertyValues("store.observations.enabled=true");

    @Test
    void nothingIsInFrontOfTheTemplateUnlessItIsObserved() {
        runner.run(context -> {
            context.getBean(StoreOperations.class).insert(new Item("1", 1));
            assertThat(AopUtils.isAopProxy(context.getBean(StoreTemplate.class)))
                    .isFalse();
            assertThat(context.getBean(MeterRegistry.class)
                            .find("store.operation")
                            .timers())
                    .isEmpty();
        });
    }

    @Test
    void eachCallIsObservedWithItsMethodAndCollection() {
        observed.run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Item("1", 1));
            operations.saveAll(List.of(new Item("1", 2), new Item("2", 2)));
            operations.find(Query.all(), Item.class);
            operations.find(Query.all(), Item.class);
            operations.deleteById("1", Item.class);
            operations.saveAll(List.of());
            assertThat(countOf(context, "insert", "item")).isEqualTo(1);
            assertThat(countOf(context, "saveAll", "item")).isEqualTo(1);
            assertThat(countOf(context, "saveAll", "none")).isEqualTo(1);
            assertThat(countOf(context, "find", "item")).isEqualTo(2);
            assertThat(countOf(context, "deleteById", "item")).isEqualTo(1);
        });
    }

    @Test
    void callsOfARepositoryAreObservedOnce() {
        observed.run(context -> {
            ItemRepository items = context.getBean(ItemRepository.class);
            items.save(new Item("1", 1));
            items.findById("1");
            assertThat(countOf(context, "save", "item")).isEqualTo(1);
            assertThat(countOf(context, "findById", "item")).isEqualTo(1);
            assertThat(items.findByCount(1)).hasSize(1);
        });
    }

    @Test
    void whatCanBeReadOnceIsReadByTheTemplate() {
        observed.run(context -> {
            Iterator<Item> items = List.of(new Item("1", 1), new Item("2", 2)).iterator();
            Iterable<Item> once = () -> items;
            ItemRepository repository = context.getBean(ItemRepository.class);
            assertThat(repository.saveAll(once)).hasSize(2);
            assertThat(repository.count()).isEqualTo(2);
            assertThat(countOf(context, "saveAll", "none")).isEqualTo(1);
        });
    }

    @Test
    void whatAQueryLeadsToIsObserved() {
        observed.run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Item("1", 1));
            assertThat(operations.query(Item.class).all()).hasSize(1);
            assertThat(countOf(context, "execute", "item")).isEqualTo(1);
            assertThat(operations.update(Item.class).apply(DocumentPatch.empty().increment("count", 1)))
                    .isEqualTo(1);
            assertThat(countOf(context, "execute", "item")).isEqualTo(2);
            assertThat(context.getBean(StoreTemplate.class).remove(Item.class).andReturn())
                    .containsExactly(new Item("1", 2));
            assertThat(countOf(context, "executeAtomically", "item")).isEqualTo(1);
        });
    }

    @Test
    void failureIsObserved() {
        observed.run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Item("1", 1));
            assertThatThrownBy(() -> operations.insert(new Item("1", 1))).isInstanceOf(DuplicateKeyException.class);
            Timer failed = context.getBean(MeterRegistry.class)
                    .get("store.operation")
                    .tag("error", "DuplicateKeyException")
                    .timer();
            assertThat(failed.count()).isEqualTo(1);
        });
    }

    @Test
    void withoutARegistryNothingIsObserved() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreDataAutoConfiguration.class,
                        StoreObservationAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.observations.enabled=true")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ObservationRegistry.class)
                        .doesNotHaveBean(StoreObservationPostProcessor.class));
    }

    private static long countOf(ApplicationContext context, String operation, String collection) {
        Timer timer = context.getBean(MeterRegistry.class)
                .find("store.operation")
                .tags("store.operation", operation, "store.collection", collection, "error", "none")
                .timer();
        return timer == null ? 0 : timer.count();
    }

    record Item(String id, int count) {}

    interface ItemRepository extends StoreRepository<Item, String> {
        List<Item> findByCount(int count);
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    @EnableStoreRepositories(considerNestedRepositories = true)
    static class Repositories {}
}
