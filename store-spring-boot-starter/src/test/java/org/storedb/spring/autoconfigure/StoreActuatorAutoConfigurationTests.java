package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.storedb.Store;
import org.storedb.spring.actuate.StoreBackupEndpoint;
import org.storedb.spring.actuate.StoreCompactionEndpoint;
import org.storedb.spring.actuate.StoreEndpoint;
import org.storedb.spring.actuate.StoreHealthIndicator;
import org.storedb.spring.actuate.StoreMetrics;
import org.storedb.spring.actuate.StoreVerificationEndpoint;

class StoreActuatorAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreEndpointAutoConfiguration.class,
                    StoreHealthContributorAutoConfiguration.class,
                    StoreMetricsAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class))
            .withPropertyValues("store.in-memory=true");

    @Test
    void endpointsAreThereWhenExposed() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(StoreEndpoint.class)
                .doesNotHaveBean(StoreCompactionEndpoint.class));
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=store,storecompaction,storeverification,storebackup")
                .run(context -> assertThat(context)
                        .hasSingleBean(StoreEndpoint.class)
                        .hasSingleBean(StoreCompactionEndpoint.class)
                        .hasSingleBean(StoreVerificationEndpoint.class)
                        .hasSingleBean(StoreBackupEndpoint.class));
    }

    @Test
    void theDirectoryOfBackupsIsAProperty() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=*", "store.backup.directory=backups")
                .run(context -> assertThat(context.getBean(StoreBackupEndpoint.class)
                                .status(null)
                                .directory())
                        .isEqualTo(absolute("backups")));
    }

    @Test
    void theAgeOfABackupOfAnEarlierProcessIsAMeter(@TempDir Path directory) {
        try (Store before = Store.open(directory.resolve("store"))) {
            before.backup(directory.resolve("backups"));
        }
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "store.in-memory=false",
                        "store.path=" + directory.resolve("store"),
                        "store.backup.directory=" + directory.resolve("backups"))
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .get("store.backup.age")
                                .timeGauge()
                                .value(TimeUnit.SECONDS))
                        .isNotNaN());
    }

    @Test
    void applicationThatOpensTheStoreItselfHasTheEndpoints() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(StoreEndpointAutoConfiguration.class))
                .withBean(Store.class, Store::openInMemory)
                .withPropertyValues("management.endpoints.web.exposure.include=*", "store.backup.directory=backups")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(StoreBackupEndpoint.class)
                                    .status(null)
                                    .directory())
                            .isEqualTo(absolute("backups"));
                });
    }

    @Test
    void endpointWithoutAccessIsNotThere() {
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.storecompaction.access=NONE")
                .run(context -> assertThat(context)
                        .hasSingleBean(StoreEndpoint.class)
                        .doesNotHaveBean(StoreCompactionEndpoint.class));
    }

    @Test
    void metersOfEachStoreHaveItsName() {
        runner.withConfiguration(AutoConfigurations.of(
                        StoreTransactionAutoConfiguration.class, StoreAdditionalStoresAutoConfiguration.class))
                .withPropertyValues("store.additional.archive.in-memory=true")
                .run(context -> {
                    context.getBean("archiveStore", Store.class)
                            .collection("old")
                            .insert(Map.of("id", "1"));
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("store.sequence")
                                    .tag("store", "store")
                                    .gauge()
                                    .value())
                            .isZero();
                    assertThat(meters.get("store.sequence").meters()).hasSize(2);
                    await().untilAsserted(() -> assertThat(meters.get("store.sequence")
                                    .tag("store", "archiveStore")
                                    .gauge()
                                    .value())
                            .isPositive());
                    assertThat(meters.get("store.documents")
                                    .tags("store", "archiveStore", "collection", "old")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                });
    }

    @Test
    void endpointsAreAboutEachStore() {
        runner.withConfiguration(AutoConfigurations.of(
                        StoreTransactionAutoConfiguration.class, StoreAdditionalStoresAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "store.additional.archive.in-memory=true",
                        "store.additional.archive.backup.directory=archived")
                .run(context -> {
                    context.getBean("archiveStore", Store.class)
                            .collection("old")
                            .insert(Map.of("id", "1"));
                    StoreEndpoint endpoint = context.getBean(StoreEndpoint.class);
                    assertThat(endpoint.stats(null).collections()).isEmpty();
                    assertThat(endpoint.stats("archiveStore").collections()).hasSize(1);
                    StoreBackupEndpoint backup = context.getBean(StoreBackupEndpoint.class);
                    assertThat(backup.status("archiveStore").directory()).isEqualTo(absolute("archived"));
                    assertThat(backup.status(null).directory()).isNull();
                });
    }

    @Test
    void healthContributorIsNamedStore() {
        runner.run(context ->
                assertThat(context.getBean("storeHealthContributor")).isInstanceOf(StoreHealthIndicator.class));
        runner.withPropertyValues("management.health.store.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("storeHealthContributor"));
    }

    @Test
    void severalStoresHaveAComponentEach() {
        runner.withUserConfiguration(TwoStores.class).run(context -> {
            HealthContributor contributor = context.getBean("storeHealthContributor", HealthContributor.class);
            assertThat(contributor).isInstanceOf(CompositeHealthContributor.class);
            assertThat(((CompositeHealthContributor) contributor).stream().map(entry -> entry.name()))
                    .containsExactlyInAnyOrder("one", "other");
        });
    }

    @Test
    void metersAreBound() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(StoreMetrics.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .find("store.sequence")
                            .gauge())
                    .isNotNull();
        });
    }

    @Test
    void nothingOfItIsNeeded() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreEndpointAutoConfiguration.class,
                        StoreHealthContributorAutoConfiguration.class,
                        StoreMetricsAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true")
                .withClassLoader(new FilteredClassLoader(
                        MeterRegistry.class,
                        HealthContributor.class,
                        Endpoint.class,
                        ConditionalOnAvailableEndpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Store.class)
                        .doesNotHaveBean("storeHealthContributor")
                        .doesNotHaveBean("storeMetrics")
                        .doesNotHaveBean("storeEndpoint"));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoStores {
        @Bean
        Store one() {
            return Store.openInMemory();
        }

        @Bean
        Store other() {
            return Store.openInMemory();
        }
    }

    private static String absolute(String directory) {
        return Path.of(directory).toAbsolutePath().toString();
    }
}
