package org.storedb.spring.data.repository.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.transaction.StoreTransactionManager;

/** Two stores in one application, each with its own template, repositories and transactions. */
class SeveralStoresTests {

    @Test
    void eachHasItsOwnRepositoriesAndTransactions() {
        try (var context = new AnnotationConfigApplicationContext(Orders.class, Archive.class)) {
            OrderRepository orders = context.getBean(OrderRepository.class);
            ArchiveRepository archive = context.getBean(ArchiveRepository.class);
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean("storeTransactionManager", StoreTransactionManager.class));
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        orders.insert(new Order("1"));
                        archive.insert(new Order("1"));
                        throw new IllegalStateException("rolls back one store");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(orders.count()).isZero();
            assertThat(archive.count()).isEqualTo(1);
        }
    }

    @Test
    void transactionManagerIsThatOfTheTemplatesStore() {
        try (var context = new AnnotationConfigApplicationContext(Orders.class, ArchiveWithTemplateOnly.class)) {
            ArchiveRepository archive = context.getBean(ArchiveRepository.class);
            assertThatThrownBy(() -> archive.insertThenFail(new Order("1"))).hasMessage("rolls back");
            assertThat(archive.count()).isZero();
        }
    }

    record Order(String id) {}

    interface OrderRepository extends StoreRepository<Order, String> {}

    interface ArchiveRepository extends StoreRepository<Order, String> {

        @Transactional
        default void insertThenFail(Order order) {
            insert(order);
            throw new IllegalStateException("rolls back");
        }
    }

    private static StoreTemplate templateOver(Store store) {
        return new StoreTemplate(store, new StoreConverter(new StoreMappingContext(), new StoreCustomConversions()));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @EnableStoreRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = OrderRepository.class))
    static class Orders {

        @Bean
        Store orderStore() {
            return Store.openInMemory();
        }

        @Bean
        StoreTemplate storeTemplate(Store orderStore) {
            return templateOver(orderStore);
        }

        @Bean
        StoreTransactionManager storeTransactionManager(Store orderStore) {
            return new StoreTransactionManager(orderStore);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ArchiveRepository.class),
            storeOperationsRef = "archiveTemplate",
            transactionManagerRef = "archiveTransactionManager")
    static class Archive extends ArchiveBeans {}

    @Configuration(proxyBeanMethods = false)
    @EnableStoreRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ArchiveRepository.class),
            storeOperationsRef = "archiveTemplate")
    static class ArchiveWithTemplateOnly extends ArchiveBeans {}

    static class ArchiveBeans {

        @Bean
        Store archiveStore() {
            return Store.openInMemory();
        }

        @Bean
        StoreTemplate archiveTemplate(Store archiveStore) {
            return templateOver(archiveStore);
        }

        @Bean
        StoreTransactionManager archiveTransactionManager(Store archiveStore) {
            return new StoreTransactionManager(archiveStore);
        }
    }
}
