package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

class StoreRepositoriesAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreRepositoriesAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    TransactionManagerCustomizationAutoConfiguration.class,
                    PersistenceExceptionTranslationAutoConfiguration.class))
            .withPropertyValues("store.in-memory=true");

    @Test
    void repositoriesOfTheApplicationsPackagesWork() {
        runner.withUserConfiguration(PackageConfiguration.class).run(context -> {
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            Reading stored = readings.save(new Reading(null, "s1", 1.5));
            assertThat(readings.findBySensor("s1")).containsExactly(stored);
            assertThat(readings.findAll()).containsExactly(stored);
        });
    }

    @Test
    void canBeSwitchedOff() {
        runner.withUserConfiguration(PackageConfiguration.class)
                .withPropertyValues("store.repositories.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReadingRepository.class));
    }

    @Test
    void annotationOfTheApplicationTakesPrecedence() {
        runner.withUserConfiguration(PackageConfiguration.class, OwnRepositories.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReadingRepository.class));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ReadingRepository.class)
    static class PackageConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(basePackages = "org.storedb.nothing.here")
    static class OwnRepositories {}
}
