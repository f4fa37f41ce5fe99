package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Store;
import org.storedb.spring.transaction.StoreTransactionManager;
import org.storedb.spring.transaction.StoreTransactions;

/** The store's transaction manager alone, and alongside that of JDBC, without either hiding the other. */
class StoreTransactionAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    TransactionManagerCustomizationAutoConfiguration.class))
            .withUserConfiguration(Services.class)
            .withPropertyValues("store.in-memory=true");

    private final ApplicationContextRunner withRepositories = runner.withConfiguration(
                    AutoConfigurations.of(StoreRepositoriesAutoConfiguration.class))
            .withUserConfiguration(PackageConfiguration.class);

    private final ApplicationContextRunner withJdbc = runner.withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:side-by-side;DB_CLOSE_DELAY=-1")
            .withUserConfiguration(JdbcServices.class);

    private final ApplicationContextRunner withJdbcAndRepositories = withJdbc.withConfiguration(
                    AutoConfigurations.of(StoreRepositoriesAutoConfiguration.class))
            .withUserConfiguration(PackageConfiguration.class);

    @Test
    void aloneItIsTheTransactionManager() {
        runner.run(context -> {
            assertThat(context)
                    .hasSingleBean(PlatformTransactionManager.class)
                    .hasSingleBean(TransactionTemplate.class);
            assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(StoreTransactionManager.class);
            assertThat(context.getBean(Service.class).inStoreTransaction()).isTrue();
        });
    }

    @Test
    void customizersAreApplied() {
        runner.withPropertyValues(
                        "spring.transaction.default-timeout=7s", "spring.transaction.rollback-on-commit-failure=true")
                .run(context -> {
                    StoreTransactionManager manager = context.getBean(StoreTransactionManager.class);
                    assertThat(manager.getDefaultTimeout()).isEqualTo(7);
                    assertThat(manager.isRollbackOnCommitFailure()).isTrue();
                });
    }

    @Test
    void besideJdbcBothAreThere() {
        withJdbc.run(context -> {
            assertThat(context).hasBean("transactionManager").hasBean(StoreTransactionManager.BEAN_NAME);
            assertThat(context.getBean("transactionManager")).isInstanceOf(JdbcTransactionManager.class);
            assertThat(context.getBean(TransactionTemplate.class).getTransactionManager())
                    .isInstanceOf(JdbcTransactionManager.class);
            assertThat(context.getBean(Service.class).inStoreTransaction()).isFalse();
            assertThat(context.getBean(QualifiedService.class).inStoreTransaction())
                    .isTrue();
        });
    }

    @Test
    void repositoriesUseTheStoresManagerBesideJdbc() {
        withJdbcAndRepositories.run(context -> {
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            readings.save(new Reading("1", "s", 1));
            assertThat(readings.existsById("1")).isTrue();
            TransactionTemplate jdbc = context.getBean(TransactionTemplate.class);
            jdbc.executeWithoutResult(status -> {
                readings.save(new Reading("2", "s", 1));
                status.setRollbackOnly();
            });
            assertThat(readings.existsById("2"))
                    .as("a rolled-back JDBC transaction leaves the store alone")
                    .isTrue();
        });
    }

    @Test
    void rollbackOfTheStoreLeavesJdbcAlone() {
        withJdbcAndRepositories.run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("create table if not exists notes (text varchar(20))");
            jdbc.execute("delete from notes");
            QualifiedService service = context.getBean(QualifiedService.class);
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            assertThatThrownBy(() -> service.run(() -> {
                        readings.save(new Reading("1", "s", 1));
                        jdbc.update("insert into notes values ('kept')");
                        throw new IllegalStateException("rolls back the store only");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(readings.count()).isZero();
            assertThat(jdbc.queryForObject("select count(*) from notes", Integer.class))
                    .isEqualTo(1);
        });
    }

    @Test
    void synchronizationsOfTheStoreFireAtItsOwnCommit() {
        withJdbcAndRepositories.run(context -> {
            List<String> calls = new ArrayList<>();
            TransactionTemplate jdbc = context.getBean(TransactionTemplate.class);
            QualifiedService service = context.getBean(QualifiedService.class);
            jdbc.executeWithoutResult(outer -> {
                recordCompletion(calls, "jdbc");
                service.run(() -> recordCompletion(calls, "store"));
                calls.add("between");
            });
            assertThat(calls).containsExactly("store committed", "between", "jdbc committed");
        });
    }

    private static void recordCompletion(List<String> calls, String name) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                calls.add(name + " committed");
            }
        });
    }

    @Test
    void managerOfTheApplicationTakesPrecedence() {
        runner.withUserConfiguration(OwnManager.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(StoreTransactionManager.class)
                        .hasBean("ownManager"));
    }

    @Test
    void repositoriesUseTheManagerOfTheApplicationWhateverItsName() {
        withRepositories.withUserConfiguration(OwnManager.class).run(context -> {
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            readings.save(new Reading("1", "s", 1));
            new TransactionTemplate(context.getBean("ownManager", StoreTransactionManager.class))
                    .executeWithoutResult(status -> {
                        readings.save(new Reading("2", "s", 1));
                        status.setRollbackOnly();
                    });
            assertThat(readings.findAll()).extracting(Reading::id).containsExactly("1");
        });
    }

    @Test
    void ofSeveralManagersRepositoriesUseThePrimaryOne() {
        withRepositories
                .withUserConfiguration(OwnManager.class, PrimaryManager.class)
                .run(context -> {
                    context.getBean(ReadingRepository.class).save(new Reading("1", "s", 1));
                    assertThat(context.getBean(PrimaryManager.class).begun).isPositive();
                });
    }

    @Test
    void repositoriesDoNotUseTheManagerOfAnotherStore() {
        withRepositories.withUserConfiguration(ManagerOfAnotherStore.class).run(context -> {
            ReadingRepository readings = context.getBean(ReadingRepository.class);
            assertThatThrownBy(() -> readings.save(new Reading("1", "s", 1)))
                    .isInstanceOf(NoSuchBeanDefinitionException.class)
                    .hasMessageContaining(StoreTransactionManager.BEAN_NAME);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ReadingRepository.class)
    static class PackageConfiguration {}

    @Configuration(proxyBeanMethods = false)
    static class Services {
        @Bean
        Service service(Store store) {
            return new Service(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdbcServices {
        @Bean
        QualifiedService qualifiedService(Store store) {
            return new QualifiedService(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {
        @Bean
        StoreTransactionManager ownManager(Store store) {
            return new StoreTransactionManager(store);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryManager {
        private int begun;

        @Bean
        @Primary
        StoreTransactionManager primaryManager(Store store) {
            StoreTransactionManager manager = new StoreTransactionManager(store);
            manager.addListener(new TransactionExecutionListener() {
                @Override
                public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
                    begun++;
                }
            });
            return manager;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ManagerOfAnotherStore {
        @Bean
        @Primary
        Store store() {
            return Store.openInMemory();
        }

        @Bean
        Store anotherStore() {
            return Store.openInMemory();
        }

        @Bean
        StoreTransactionManager managerOfAnotherStore(@Qualifier("anotherStore") Store anotherStore) {
            return new StoreTransactionManager(anotherStore);
        }
    }

    static class Service {
        private final Store store;

        Service(Store store) {
            this.store = store;
        }

        @Transactional
        public boolean inStoreTransaction() {
            return StoreTransactions.current(store) != null;
        }
    }

    static class QualifiedService {
        private final Store store;

        QualifiedService(Store store) {
            this.store = store;
        }

        @Transactional(StoreTransactionManager.BEAN_NAME)
        public boolean inStoreTransaction() {
            return StoreTransactions.current(store) != null;
        }

        @Transactional(StoreTransactionManager.BEAN_NAME)
        public void run(Runnable work) {
            work.run();
        }
    }
}
