package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Access;
import org.storedb.Store;
import org.storedb.StoreOptions;

/** An application that reads a store while another one writes it. */
class StoreAccessTests {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    StoreRepositoriesAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    TransactionManagerCustomizationAutoConfiguration.class,
                    PersistenceExceptionTranslationAutoConfiguration.class))
            .withUserConfiguration(PackageConfiguration.class);

    @Test
    void repositoriesFollowTheApplicationThatWrites() {
        writer().run(writing -> {
            ReadingRepository written = writing.getBean(ReadingRepository.class);
            written.save(new Reading("1", "s1", 1.5));
            reader("follow").run(reading -> {
                ReadingRepository readings = reading.getBean(ReadingRepository.class);
                assertThat(readings.findBySensor("s1")).containsExactly(new Reading("1", "s1", 1.5));
                written.save(new Reading("2", "s1", 2.5));
                await(reading.getBean(Store.class), writing.getBean(Store.class));
                assertThat(readings.findBySensor("s1")).hasSize(2);
                assertThat(readings.count()).isEqualTo(2);
            });
        });
    }

    @Test
    void writesAreRefusedWithAReason() {
        writer().run(writing -> {
            writing.getBean(ReadingRepository.class).save(new Reading("1", "s1", 1.5));
            reader("read-only").run(reading -> {
                ReadingRepository readings = reading.getBean(ReadingRepository.class);
                assertThatThrownBy(() -> readings.save(new Reading("2", "s1", 2.5)))
                        .isInstanceOf(InvalidDataAccessApiUsageException.class)
                        .hasMessageContaining("is open for reading only");
                assertThatThrownBy(() -> readings.deleteById("1"))
                        .isInstanceOf(InvalidDataAccessApiUsageException.class);
                assertThat(readings.findAll()).containsExactly(new Reading("1", "s1", 1.5));
            });
        });
    }

    @Test
    void transactionsThatOnlyReadNeedNotSaySo() {
        writer().run(writing -> {
            writing.getBean(ReadingRepository.class).save(new Reading("1", "s1", 1.5));
            reader("read-only").run(reading -> {
                TransactionTemplate template =
                        new TransactionTemplate(reading.getBean(PlatformTransactionManager.class));
                ReadingRepository readings = reading.getBean(ReadingRepository.class);
                assertThat(template.<Long>execute(status -> readings.count())).isEqualTo(1L);
            });
        });
    }

    @Test
    void storeWithoutTheIndexesOfTheEntitiesCanBeRead() {
        Store.open(directory).close();
        reader("read-only").run(reading -> {
            assertThat(reading).hasNotFailed();
            assertThat(reading.getBean(ReadingRepository.class).findBySensor("s1"))
                    .isEmpty();
        });
    }

    @Test
    void storeThatIsNotThereIsAFailureOfTheStart() {
        reader("read-only")
                .run(reading ->
                        assertThat(reading).hasFailed().getFailure().rootCause().hasMessageContaining("manifest"));
    }

    @Test
    void propertiesBecomeOptions() {
        writer().run(writing -> reader("follow").run(reading -> {
            StoreOptions options = reading.getBean(StoreProperties.class).toOptions();
            assertThat(options.access()).isEqualTo(Access.FOLLOW);
            assertThat(options.followInterval()).isEqualTo(Duration.ofMillis(5));
        }));
    }

    private static void await(Store reading, Store writing) {
        assertThat(reading.awaitSequence(writing.snapshot().sequence(), Duration.ofSeconds(30)))
                .isTrue();
    }

    private ApplicationContextRunner writer() {
        return runner.withPropertyValues("store.path=" + directory);
    }

    private ApplicationContextRunner reader(String access) {
        return runner.withPropertyValues(
                "store.path=" + directory, "store.access=" + access, "store.follow-interval=5ms");
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ReadingRepository.class)
    static class PackageConfiguration {}
}
