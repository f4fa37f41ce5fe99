package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.storedb.Store;
import org.storedb.StoreInitializer;
import org.storedb.error.MigrationException;
import org.storedb.migration.AppliedMigration;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;

/** Migrations and initializers as beans: they run before anything else gets the store. */
class MigrationBeansTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreRepositoriesAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(PackageConfiguration.class)
            .withPropertyValues("store.in-memory=true");

    @Test
    void migrationsRunInTheOrderOfTheirVersionsBeforeARepositoryIsUsed() {
        runner.withUserConfiguration(TwoMigrations.class, FirstUse.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(FirstUse.class).readingsAtTheStart).isEqualTo(1);
            assertThat(versionsIn(context.getBean(Store.class))).containsExactly("1", "2");
            assertThat(context.getBean(ReadingRepository.class)
                            .findById("1")
                            .orElseThrow()
                            .value())
                    .isEqualTo(7);
        });
    }

    @Test
    void migrationsAndIndexesAreThereWhenBeansAreMadeOnDemand() {
        runner.withUserConfiguration(TwoMigrations.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context.getBean(ReadingRepository.class).count()).isEqualTo(1);
                    Store store = context.getBean(Store.class);
                    assertThat(versionsIn(store)).containsExactly("1", "2");
                    assertThat(store.collection("readings").indexes()).isNotEmpty();
                });
    }

    @Test
    void eachRunsOnce(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory)
                .withUserConfiguration(TwoMigrations.class);
        for (int start = 1; start <= 2; start++) {
            onDisk.run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(ReadingRepository.class).count()).isEqualTo(1);
            });
        }
    }

    @Test
    void beanWithAllMigrationsTakesInSingleOnes() {
        runner.withUserConfiguration(TwoMigrations.class, MoreMigrations.class)
                .run(context ->
                        assertThat(versionsIn(context.getBean(Store.class))).containsExactly("1", "1.5", "2"));
    }

    @Test
    void secondBeanWithAllMigrationsIsRefused() {
        runner.withUserConfiguration(MoreMigrations.class)
                .withBean("others", Migrations.class, Migrations::none)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("2 beans of the type Migrations"));
    }

    @Test
    void initializersRunBehindTheMigrationsInTheirOrder() {
        runner.withUserConfiguration(TwoMigrations.class, Initializers.class)
                .run(context -> assertThat(context.getBean(Store.class)
                                .collection("log")
                                .get("1")
                                .orElseThrow()
                                .get("text"))
                        .isEqualTo("1 reading; again"));
    }

    @Test
    void failureStopsTheStartAndSaysWhatToDo(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDisk.withUserConfiguration(TwoMigrations.class, FailingMigration.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = Objects.requireNonNull(new StoreMigrationFailureAnalyzer()
                            .analyze(Objects.requireNonNull(context.getStartupFailure())));
                    assertThat(analysis.getDescription()).contains("Migration 3 (fails)", "not today");
                    assertThat(analysis.getAction()).contains("Fix the migration");
                    assertThat(analysis.getCause()).isInstanceOf(MigrationException.class);
                });
        try (Store store = Store.open(directory)) {
            assertThat(versionsIn(store)).containsExactly("1", "2");
        }
    }

    @Test
    void olderVersionWithoutMigrationsIsRefused(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDisk.withUserConfiguration(TwoMigrations.class)
                .run(context -> assertThat(context).hasNotFailed());
        onDisk.run(context -> {
            FailureAnalysis analysis = Objects.requireNonNull(
                    new StoreMigrationFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
            assertThat(analysis.getDescription()).contains("migration 1 (first reading)", "newer version");
            assertThat(analysis.getAction())
                    .contains("nothing was changed", "withUnknown")
                    .doesNotContain("Fix the migration");
        });
        onDisk.withBean(Migrations.class, () -> Migrations.none().withUnknown(true))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void customizerChangesWhatThereIsNoPropertyFor() {
        runner.withBean(
                        StoreOptionsCustomizer.class,
                        () -> options -> options.withInitializer(
                                store -> store.collection("log").insert(Map.of("id", "customized"))))
                .withUserConfiguration(TwoMigrations.class)
                .run(context -> {
                    Store store = context.getBean(Store.class);
                    assertThat(store.collection("log").exists("customized")).isTrue();
                    assertThat(versionsIn(store)).containsExactly("1", "2");
                });
    }

    @Test
    void migrationsOfACustomizerAreNotRefused() {
        Migrations own = Migrations.none().add(Migration.of("1", "own", transaction -> {}));
        for (StoreInitializer initializer : List.<StoreInitializer>of(own, own::run)) {
            runner.withBean(StoreOptionsCustomizer.class, () -> options -> options.withInitializer(initializer))
                    .run(context ->
                            assertThat(versionsIn(context.getBean(Store.class))).containsExactly("1"));
        }
    }

    private static List<String> versionsIn(Store store) {
        return Migrations.history(store).stream().map(AppliedMigration::version).toList();
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ReadingRepository.class)
    static class PackageConfiguration {}

    @Configuration(proxyBeanMethods = false)
    static class TwoMigrations {

        @Bean
        Migration secondMigration() {
            return Migration.of(
                    "2",
                    "right value",
                    transaction ->
                            transaction.collection("readings").save(Map.of("id", "1", "sensor", "s", "value", 7)));
        }

        @Bean
        Migration firstMigration() {
            return Migration.of(
                    "1",
                    "first reading",
                    transaction ->
                            transaction.collection("readings").insert(Map.of("id", "1", "sensor", "s", "value", 0)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MoreMigrations {

        @Bean
        Migrations migrations() {
            return Migrations.none().add("1.5", "between", transaction -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FailingMigration {

        @Bean
        Migration failingMigration() {
            return Migration.of("3", "fails", transaction -> {
                throw new IllegalStateException("not today");
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Initializers {

        @Bean
        @Order(2)
        StoreInitializer secondInitializer() {
            return store -> store.collection("log").update("1", document -> {
                document.put("text", document.get("text") + "; again");
                return document;
            });
        }

        @Bean
        @Order(1)
        StoreInitializer firstInitializer() {
            return store -> store.collection("log")
                    .insert(Map.of(
                            "id", "1", "text", store.collection("readings").count() + " reading"));
        }
    }

    /** Reads as soon as it is created. */
    static class FirstUse {
        final long readingsAtTheStart;

        FirstUse(ReadingRepository readings) {
            readingsAtTheStart = readings.count();
        }
    }
}
