package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;
import org.storedb.Store;
import org.storedb.spring.autoconfigure.defined.DefinedSightings;
import org.storedb.spring.autoconfigure.defined.Sighting;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;
import org.storedb.spring.data.repository.config.StoreRepositoryConfigurationExtension;

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
    void whatIsStoredIsThereAfterARestart(@TempDir Path directory) {
        ApplicationContextRunner onDirectory = runner.withUserConfiguration(PackageConfiguration.class)
                .withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDirectory.run(first -> first.getBean(ReadingRepository.class).save(new Reading("1", "s1", 1.5)));
        onDirectory.run(
                second -> assertThat(second.getBean(ReadingRepository.class).findBySensor("s1"))
                        .containsExactly(new Reading("1", "s1", 1.5)));
    }

    @Test
    void failuresOfBeansThatAreRepositoriesThemselvesAreTranslated() {
        runner.withUserConfiguration(OwnRepository.class)
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(HandMade.class).insertTwice())
                        .isInstanceOf(DuplicateKeyException.class));
    }

    @Test
    void templateOfTheApplicationIsUsedWhateverItsName() {
        runner.withUserConfiguration(PackageConfiguration.class, OwnTemplate.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(StoreOperations.class);
                    context.getBean(ReadingRepository.class).save(new Reading("1", "s1", 1.5));
                    assertThat(context.getBean("ownTemplate", StoreTemplate.class)
                                    .count(Reading.class))
                            .isEqualTo(1);
                });
    }

    @Test
    void nothingIsSetUpWhereNoInterfaceCouldBeARepository() {
        runner.withUserConfiguration(NoRepositories.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(StoreOperations.class)
                        .doesNotHaveBean(StoreRepositoryConfigurationExtension.class));
    }

    @Test
    void interfacesThatCarryTheAnnotationAreRepositories() {
        runner.withUserConfiguration(DefinedConfiguration.class).run(context -> {
            DefinedSightings sightings = context.getBean(DefinedSightings.class);
            Sighting stored = sightings.save(new Sighting(null, "wren"));
            assertThat(sightings.findByBird("wren")).containsExactly(stored);
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
    static class OwnTemplate {
        @Bean
        StoreTemplate ownTemplate(Store store, StoreConverter converter) {
            return new StoreTemplate(store, converter);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "org.storedb.spring.observation")
    static class NoRepositories {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = DefinedSightings.class)
    static class DefinedConfiguration {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ReadingRepository.class)
    static class OwnRepository {
        @Bean
        HandMade handMade(Store store) {
            return new HandMade(store);
        }
    }

    @Repository
    static class HandMade {
        private final Store store;

        HandMade(Store store) {
            this.store = store;
        }

        public void insertTwice() {
            store.collection("things").insert(Map.of("id", "1"));
            store.collection("things").insert(Map.of("id", "1"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(basePackages = "org.storedb.nothing.here")
    static class OwnRepositories {}
}
