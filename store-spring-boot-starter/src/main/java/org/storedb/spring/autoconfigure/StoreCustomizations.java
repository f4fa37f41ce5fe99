package org.storedb.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.storedb.StoreInitializer;
import org.storedb.StoreOptions;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;

/**
 * The beans of the application that take part in opening one store: {@link StoreOptionsCustomizer}s, {@link Migration}s
 * and other {@link StoreInitializer}s. They belong to the store that {@code store.*} describes, or to the additional
 * one whose name they are qualified with.
 */
final class StoreCustomizations {

    private final ConfigurableListableBeanFactory beans;
    private final Set<String> additionalStores;
    private final @Nullable String store;

    /**
     * Creates the customizations of a store.
     *
     * @param additionalStores the names of all additional stores
     * @param store the name of an additional store, or {@code null} for the one that {@code store.*} describes
     */
    StoreCustomizations(ConfigurableListableBeanFactory beans, Set<String> additionalStores, @Nullable String store) {
        this.beans = beans;
        this.additionalStores = additionalStores;
        this.store = store;
    }

    /** Returns the options as the beans change them. */
    StoreOptions applyTo(StoreOptions configured) {
        StoreOptions options = configured;
        for (StoreOptionsCustomizer customizer : ofStore(StoreOptionsCustomizer.class)) {
            options = customizer.customize(options);
        }
        List<StoreInitializer> initializers = new ArrayList<>();
        StoreInitializer customized = options.initializer();
        if (customized != null) {
            initializers.add(customized);
        }
        Migrations migrations = migrations();
        if (!migrations.all().isEmpty() || customized == null) { // That of a customizer may run migrations of its own.
            initializers.add(migrations); // Even none: they refuse a store that has had others.
        }
        for (StoreInitializer initializer : ofStore(StoreInitializer.class)) {
            if (!(initializer instanceof Migrations)) {
                initializers.add(initializer);
            }
        }
        return options.withInitializer(opened -> initializers.forEach(initializer -> initializer.initialize(opened)));
    }

    private Migrations migrations() {
        List<Migrations> declared = ofStore(Migrations.class);
        if (declared.size() > 1) {
            throw new IllegalStateException(
                    "There are %d beans of the type Migrations for one store; declare one, and each further migration as a bean of the type Migration"
                            .formatted(declared.size()));
        }
        Migrations migrations = declared.isEmpty() ? Migrations.none() : declared.get(0);
        for (Migration migration : ofStore(Migration.class)) {
            migrations = migrations.add(migration);
        }
        return migrations;
    }

    /**
     * Returns the beans that belong to the store, in their order.
     *
     * @throws IllegalStateException if one is qualified with a name that no store has: it must not run in another one
     */
    private <T> List<T> ofStore(Class<T> type) {
        Set<T> own = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String bean : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
            String qualifier = qualifierOf(bean, beans);
            if (store == null && qualifier != null && !additionalStores.contains(qualifier)) {
                throw new IllegalStateException(
                        "The bean '%1$s' is qualified with '%2$s', but there is no such store: set '%3$s.%2$s.path', or remove the qualifier"
                                .formatted(bean, qualifier, AdditionalStores.PREFIX));
            }
            if (Objects.equals(qualifier, store)) {
                own.add(beans.getBean(bean, type));
            }
        }
        return own.isEmpty()
                ? List.of()
                : beans.getBeanProvider(type)
                        .orderedStream()
                        .filter(own::contains)
                        .toList();
    }

    /** Returns the name that a bean is qualified with; its own name does not count. */
    private @Nullable String qualifierOf(String bean, ConfigurableListableBeanFactory context) {
        if (!context.containsLocalBean(bean)
                && context.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) {
            return qualifierOf(bean, parent);
        }
        Qualifier qualifier = context.findAnnotationOnBean(bean, Qualifier.class);
        return qualifier == null ? null : qualifier.value();
    }
}
