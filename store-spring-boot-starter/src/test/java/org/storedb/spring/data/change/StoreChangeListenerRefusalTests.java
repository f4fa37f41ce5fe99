package org.storedb.spring.data.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ChangeTransaction;
import org.storedb.spring.data.change.ChangeListenerFixture.AllChanges;
import org.storedb.spring.data.change.ChangeListenerFixture.Named;
import org.storedb.spring.data.change.ChangeListenerFixture.Order;

/** Methods that cannot be listeners. */
class StoreChangeListenerRefusalTests {

    private final ApplicationContextRunner runner = ChangeListenerFixture.runner();

    @Test
    void nameOfTwoMethodsIsRefused() {
        runner.withBean("one", Named.class)
                .withBean("other", Named.class)
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("give each its own name"));
    }

    @Test
    void nameInAStoreThatIsOnlyReadIsRefused(@TempDir Path directory) {
        ApplicationContextRunner onDisk = runner.withPropertyValues("store.in-memory=false", "store.path=" + directory);
        onDisk.run(context -> assertThat(context).hasNotFailed());
        ApplicationContextRunner reading = onDisk.withPropertyValues("store.access=follow");
        reading.withBean(Named.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("Named.changed is @StoreChangeListener(\"orders-v1\")")
                        .hasMessageContaining("store.change-listeners.auto-startup=false"));
        reading.withBean(Named.class)
                .withPropertyValues("store.change-listeners.auto-startup=false")
                .run(context -> assertThat(context).hasNotFailed());
        reading.withBean(AllChanges.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void methodOfABeanThatIsNoSingletonIsRefused() {
        String reason = "AllChanges.changed is in the bean 'scoped', which is not a singleton";
        for (ApplicationContextRunner scoped : List.of(
                runner.withBean("scoped", AllChanges.class, AllChanges::new, bean -> bean.setScope("prototype")),
                runner.withUserConfiguration(Scoped.class))) {
            scoped.run(context -> assertThatThrownBy(() -> context.getBean("scoped"))
                    .rootCause()
                    .hasMessageContaining(reason));
        }
    }

    @Test
    void methodsThatCannotBeMeantAreRefused() {
        assertRefused(NoArgument.class, "takes 0 arguments");
        assertRefused(NoEntity.class, "does not specify the class of the entity");
        assertRefused(DeletedEntity.class, "use an EntityChange");
        assertRefused(KindsOfTransactions.class, "cannot ask for kinds");
        assertRefused(Put.class, "keyspaces");
    }

    private void assertRefused(Class<?> listener, String reason) {
        runner.withBean(listener)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(listener.getName())
                        .hasMessageContaining(reason));
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        AllChanges scoped() {
            return new AllChanges();
        }
    }

    static class NoArgument {
        @StoreChangeListener
        void changed() {}
    }

    static class NoEntity {
        @StoreChangeListener
        void changed(EntityChange<?> change) {}
    }

    static class DeletedEntity {
        @StoreChangeListener(kinds = ChangeKind.DELETE)
        void changed(Order order) {}
    }

    static class KindsOfTransactions {
        @StoreChangeListener(kinds = ChangeKind.DELETE)
        void changed(ChangeTransaction transaction) {}
    }

    static class Put {
        @StoreChangeListener(kinds = ChangeKind.PUT)
        void changed(EntityChange<Order> change) {}
    }
}
