package org.storedb.spring.data.change;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.storedb.feed.SubscriptionStatus;
import org.storedb.spring.autoconfigure.StoreAdditionalStoresAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreChangeListenerHealthAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;

/** Applications with change listeners. */
final class ChangeListenerFixture {

    private ChangeListenerFixture() {}

    /** Returns an application with a store in memory. */
    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StoreAutoConfiguration.class,
                        StoreDataAutoConfiguration.class,
                        StoreTransactionAutoConfiguration.class,
                        StoreAdditionalStoresAutoConfiguration.class,
                        StoreChangeListenerAutoConfiguration.class,
                        StoreChangeListenerHealthAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues("store.in-memory=true", "store.change-listeners.first-pause=10ms");
    }

    /** Waits until a listener has been called this often, and not more often. */
    static void awaitSize(List<?> heard, int size) {
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(size));
        assertThat(heard).hasSize(size);
    }

    static SubscriptionStatus statusOf(ApplicationContext context, String name) {
        return Objects.requireNonNull(
                context.getBean(StoreChangeListeners.class).status().get(name));
    }

    record Order(Long id, String state) {}

    record Unrelated(String id) {}

    static class AllChanges {
        final List<EntityChange<Order>> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void changed(EntityChange<Order> change) {
            heard.add(change);
        }
    }

    static class Entities {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener
        void changed(Order order) {
            heard.add(order);
        }
    }

    static class Named {
        final List<Order> heard = new CopyOnWriteArrayList<>();

        @StoreChangeListener("orders-${version:v1}")
        void changed(Order order) {
            heard.add(order);
        }
    }
}
