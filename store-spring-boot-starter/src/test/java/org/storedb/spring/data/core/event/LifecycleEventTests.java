package org.storedb.spring.data.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.data.annotation.Version;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreTransactionAutoConfiguration;
import org.storedb.spring.data.core.StoreOperations;

/** Lifecycle of entities as application events. */
class LifecycleEventTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    StoreTransactionAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("store.in-memory=true");

    @Test
    void everyEventIsPublishedInOrder() {
        runner.withBean(All.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            All all = context.getBean(All.class);
            Order order = operations.insert(new Order("1", null, "new"));
            assertThat(all.heard).containsExactly("BeforeConvert null", "BeforeSave null", "AfterSave 0");
            all.heard.clear();
            operations.findById("1", Order.class);
            assertThat(all.heard).containsExactly("AfterConvert 0");
            all.heard.clear();
            operations.update(order);
            assertThat(all.heard).containsExactly("BeforeConvert 0", "BeforeSave 0", "AfterSave 1");
            all.heard.clear();
            operations.delete(operations.findById("1", Order.class).orElseThrow());
            assertThat(all.heard).containsExactly("AfterConvert 1", "BeforeDelete 1", "AfterDelete 1");
        });
    }

    @Test
    void listenerSaysWhichEntityItIsAbout() {
        runner.withBean(OfOneClass.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order("1", null, "new"));
            operations.insert(new Other("2"));
            assertThat(context.getBean(OfOneClass.class).heard).containsExactly("order 1");
        });
    }

    @Test
    void eventComesBeforeTheCallbackOfItsPlace() {
        runner.withBean(All.class).withUserConfiguration(Callback.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order("1", null, "new"));
            assertThat(operations.findById("1", Order.class).orElseThrow().state())
                    .isEqualTo("new, converted");
            assertThat(context.getBean(All.class).states).startsWith("new", "new, converted");
        });
    }

    @Test
    void whatAListenerThrowsStopsTheWrite() {
        runner.withBean(Refusing.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            assertThatThrownBy(() -> operations.insert(new Order("1", null, "refused")))
                    .hasMessage("refused");
            assertThat(operations.count(Order.class)).isZero();
        });
    }

    @Test
    void listenerMayWaitForTheCommit() {
        runner.withBean(AfterCommit.class).run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            AfterCommit listener = context.getBean(AfterCommit.class);
            TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
            transaction.executeWithoutResult(status -> {
                operations.insert(new Order("1", null, "new"));
                assertThat(listener.heard).isEmpty();
            });
            transaction.executeWithoutResult(status -> {
                operations.insert(new Order("2", null, "new"));
                status.setRollbackOnly();
            });
            assertThat(listener.heard).containsExactly("1");
        });
    }

    @Test
    void listenerThatIsAddedLaterIsHeardToo() {
        runner.run(context -> {
            StoreOperations operations = context.getBean(StoreOperations.class);
            operations.insert(new Order("1", null, "new"));
            List<Object> heard = new ArrayList<>();
            ApplicationListener<StoreAfterSaveEvent<?>> listener = new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(StoreAfterSaveEvent<?> event) {
                    heard.add(event.getEntity());
                }
            };
            context.getSourceApplicationContext().addApplicationListener(listener);
            operations.insert(new Other("2"));
            assertThat(heard).containsExactly(new Other("2"));
        });
    }

    @Test
    void eventsReachTheParentContext() {
        runner.withBean(All.class)
                .run(parent -> runner.withParent(parent).run(context -> {
                    context.getBean("storeTemplate", StoreOperations.class).insert(new Order("1", null, "new"));
                    assertThat(parent.getBean(All.class).heard).hasSize(3);
                }));
    }

    record Order(String id, @Version @Nullable Long version, String state) {}

    record Other(String id) {}

    static class All {
        final List<String> heard = new ArrayList<>();
        final List<String> states = new ArrayList<>();

        @EventListener
        void happened(StoreLifecycleEvent<Order> event) {
            assertThat(event.getCollection()).isEqualTo("order");
            String name = event.getClass().getSimpleName();
            heard.add(name.substring("Store".length(), name.length() - "Event".length()) + " "
                    + event.getEntity().version());
            states.add(event.getEntity().state());
        }
    }

    static class OfOneClass {
        final List<String> heard = new ArrayList<>();

        @EventListener
        void saved(StoreAfterSaveEvent<Order> event) {
            heard.add("order " + event.getEntity().id());
        }
    }

    static class Refusing {
        @EventListener
        void beforeSave(StoreBeforeSaveEvent<Order> event) {
            throw new IllegalArgumentException(event.getEntity().state());
        }
    }

    static class AfterCommit {
        final List<String> heard = new ArrayList<>();

        @TransactionalEventListener
        void saved(StoreAfterSaveEvent<Order> event) {
            heard.add(event.getEntity().id());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Callback {
        @Bean
        StoreBeforeConvertCallback<Order> beforeConvert() {
            return (order, collection) -> new Order(order.id(), order.version(), order.state() + ", converted");
        }
    }
}
