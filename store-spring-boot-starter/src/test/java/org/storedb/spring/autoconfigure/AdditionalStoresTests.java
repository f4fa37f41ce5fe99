package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Store;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;
import org.storedb.spring.autoconfigure.archive.ArchivedRepository;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/** Several stores configured by properties alone, and the repositories of each. */
class AdditionalStoresTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreAdditionalStoresAutoConfiguration.class,
                    StoreHealthContributorAutoConfiguration.class,
                    TransactionAutoConfiguration.class));

    private final ApplicationContextRunner two =
            runner.withPropertyValues("store.in-memory=true", "store.additional.archive.in-memory=true");

    @Test
    void withoutANameTheFirstStoreIsMeant() {
        two.run(context -> {
            assertThat(context).hasNotFailed().hasBean("archiveStore").hasBean("archiveTemplate");
            assertThat(context.getBean(Store.class)).isSameAs(context.getBean("store"));
            assertThat(context.getBean(StoreOperations.class)).isSameAs(context.getBean("storeTemplate"));
            assertThat(context.getBean(PlatformTransactionManager.class))
                    .isSameAs(context.getBean("storeTransactionManager"));
            assertThat(context.getBean(TransactionTemplate.class).getTransactionManager())
                    .isSameAs(context.getBean("storeTransactionManager"));
        });
    }

    @Test
    void eachHasItsOwnRepositoriesAndTransactions() {
        two.withUserConfiguration(Repositories.class).run(context -> {
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            ArchivedRepository archived = context.getBean(ArchivedRepository.class);
            Service service = context.getBean(Service.class);
            Runnable both = () -> {
                readings.insert(new Reading("1", "s", 1));
                archived.insert(ArchivedRepository.Archived.of("1"));
                throw new IllegalStateException("rolls back one");
            };
            assertThatThrownBy(() -> service.inFirst(both)).hasMessage("rolls back one");
            assertThat(readings.count()).isZero();
            assertThat(archived.count()).isEqualTo(1);

            archived.deleteAll();
            assertThatThrownBy(() -> service.inArchive(both)).hasMessage("rolls back one");
            assertThat(readings.count()).isEqualTo(1);
            assertThat(archived.count()).isZero();
            assertThat(context.getBean("archiveStore", Store.class)
                            .collection("archived")
                            .indexes())
                    .hasSize(1);
        });
    }

    @Test
    void eachHasItsOwnDirectoryAndIsClosed(@TempDir Path directory) {
        runner.withPropertyValues(
                        "store.path=" + directory.resolve("one"),
                        "store.additional.archive.path=" + directory.resolve("two"),
                        "store.additional.archive.durability=os")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean("archiveStore", Store.class).collection("c").insert(Map.of("id", "1"));
                });
        try (Store archive = Store.open(directory.resolve("two"));
                Store first = Store.open(directory.resolve("one"))) {
            assertThat(archive.collection("c").count()).isEqualTo(1);
            assertThat(first.collection("c").count()).isZero();
        }
    }

    @Test
    void excludingTheStoreExcludesAllOfIt() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreDataAutoConfiguration.class,
                        StoreTransactionAutoConfiguration.class,
                        StoreAdditionalStoresAutoConfiguration.class,
                        StoreRepositoriesAutoConfiguration.class,
                        StoreChangeListenerAutoConfiguration.class,
                        StoreValidationAutoConfiguration.class,
                        StoreObservationAutoConfiguration.class,
                        StoreEndpointAutoConfiguration.class,
                        StoreCacheAutoConfiguration.class,
                        StoreHealthContributorAutoConfiguration.class,
                        StoreChangeListenerHealthAutoConfiguration.class,
                        StoreMetricsAutoConfiguration.class,
                        StoreModulithAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Store.class)
                        .doesNotHaveBean(AdditionalStores.class)
                        .doesNotHaveBean(PlatformTransactionManager.class));
    }

    @Test
    void pathHasToBeGiven() {
        runner.withPropertyValues("store.in-memory=true", "store.additional.archive.durability=os")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("'store.additional.archive.path' is not set"));
    }

    @Test
    void nameWhoseBeansWouldBeThoseOfTheFirstStoreIsRefused() {
        two.withPropertyValues("store.additional.store.in-memory=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("'store.additional.store' gives the beans of that store"));
    }

    @Test
    void propertyOfAnAdditionalStoreIsNamed() {
        two.withPropertyValues("store.additional.archive.segment-size=1B")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "'store.additional.archive.segment-size' is '1B'; it must be 64KB to 1GB"));
    }

    @Test
    void migrationsGoToTheStoreThatTheyAreQualifiedWith() {
        two.withUserConfiguration(QualifiedMigrations.class).run(AdditionalStoresTests::assertEachIsMigrated);
        new ApplicationContextRunner()
                .withUserConfiguration(QualifiedMigrations.class)
                .run(parent -> two.withParent(parent).run(AdditionalStoresTests::assertEachIsMigrated));
    }

    @Test
    void migrationOfAStoreThatIsNotThereRunsInNoOther() {
        runner.withUserConfiguration(QualifiedMigrations.class)
                .withPropertyValues("store.in-memory=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll("'other'", "'archive'", "'store.additional.archive.path'"));
    }

    private static void assertEachIsMigrated(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        assertThat(Migrations.history(context.getBean(Store.class)))
                .extracting(migration -> migration.name())
                .containsExactly("for the first");
        assertThat(Migrations.history(context.getBean("archiveStore", Store.class)))
                .extracting(migration -> migration.name())
                .containsExactly("for the archive");
    }

    @Test
    void healthHasAComponentForEach() {
        two.run(context -> {
            CompositeHealthContributor health =
                    (CompositeHealthContributor) context.getBean("storeHealthContributor", HealthContributor.class);
            assertThat(health.stream().map(entry -> entry.name())).containsExactlyInAnyOrder("store", "archiveStore");
        });
    }

    @Test
    void childContextHasTheStoresOfItsParent() {
        two.run(parent -> two.withParent(parent).run(child -> {
            assertThat(child).hasNotFailed();
            assertThat(child.getBean("archiveStore")).isSameAs(parent.getBean("archiveStore"));
            assertThat(child.getBean("archiveTemplate")).isSameAs(parent.getBean("archiveTemplate"));
        }));
    }

    @Test
    void beanOfTheApplicationTakesPrecedence() {
        two.withBean("archiveTemplate", StoreTemplate.class, () -> mock(StoreTemplate.class))
                .run(context -> assertThat(context.getBean("archiveTemplate"))
                        .matches(template -> mockingDetails(template).isMock()));
    }

    @Configuration(proxyBeanMethods = false)
    static class QualifiedMigrations {

        @Bean
        Migration archive() { // named like the other store, but not qualified with it
            return Migration.of("1", "for the first", transaction -> {});
        }

        @Bean
        @Qualifier("archive")
        Migration other() {
            return Migration.of("1", "for the archive", transaction -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(
            basePackageClasses = ReadingRepository.class,
            excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ArchivedRepository.class))
    static class Repositories {

        @Bean
        Service service() {
            return new Service();
        }

        @Configuration(proxyBeanMethods = false)
        @EnableStoreRepositories(
                basePackageClasses = ArchivedRepository.class,
                storeOperationsRef = "archiveTemplate",
                transactionManagerRef = "archiveTransactionManager")
        static class ArchiveRepositories {}
    }

    static class Service {

        @Transactional
        public void inFirst(Runnable work) {
            work.run();
        }

        @Transactional("archiveTransactionManager")
        public void inArchive(Runnable work) {
            work.run();
        }
    }
}
