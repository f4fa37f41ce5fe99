package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.storedb.Access;
import org.storedb.Store;
import org.storedb.StoreInitializer;
import org.storedb.StoreOptions;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;

/**
 * Opens stores as their properties say, with what the application adds in beans: {@link StoreOptionsCustomizer}s, {@link
 * Migration}s and other {@link StoreInitializer}s. These beans belong to the store that {@code store.*} describes, or to
 * the additional one whose name they are qualified with.
 */
public final class StoreOpener {

    private final ConfigurableListableBeanFactory beans;
    private final Set<String> additionalStores;

    StoreOpener(ConfigurableListableBeanFactory beans, Set<String> additionalStores) {
        this.beans = beans;
        this.additionalStores = additionalStores;
    }

    /** Opens the store that {@code store.*} describes. */
    public Store open(StoreProperties properties) {
        return open(properties, null);
    }

    /** Opens an empty store in memory in the place of the one that {@code store.*} describes, with the same limits. */
    public Store openInMemory(StoreProperties properties) {
        return Store.openInMemory(optionsOf(properties, null).withAccess(Access.READ_WRITE));
    }

    /** Opens an additional store, or with no name the one that {@code store.*} describes. */
    Store open(StoreProperties properties, @Nullable String name) {
        StoreOptions options = optionsOf(properties, name);
        return properties.inMemory() ? Store.openInMemory(options) : Store.open(Path.of(properties.path()), options);
    }

    private StoreOptions optionsOf(StoreProperties properties, @Nullable String name) {
        StoreOptions options = properties.toOptions();
        for (StoreOptionsCustomizer customizer : beansOf(StoreOptionsCustomizer.class, name)) {
            options = customizer.customize(options);
        }
        List<StoreInitializer> initializers = new ArrayList<>();
        if (options.initializer() != null) {
            initializers.add(options.initializer());
        }
        Migrations migrations = migrationsOf(name);
        if (!migrations.all().isEmpty()) {
            initializers.add(migrations);
        }
        for (StoreInitializer initializer : beansOf(StoreInitializer.class, name)) {
            if (!(initializer instanceof Migrations)) {
                initializers.add(initializer);
            }
        }
        return initializers.isEmpty()
                ? options
                : options.withInitializer(store -> initializers.forEach(initializer -> initializer.initialize(store)));
    }

    private Migrations migrationsOf(@Nullable String name) {
        List<Migrations> declared = beansOf(Migrations.class, name);
        if (declared.size() > 1) {
            throw new IllegalStateException(
                    "There are %d beans of the type Migrations for one store; declare one, and each further migration as a bean of the type Migration"
                            .formatted(declared.size()));
        }
        Migrations migrations = declared.isEmpty() ? Migrations.none() : declared.get(0);
        for (Migration migration : beansOf(Migration.class, name)) {
            migrations = migrations.add(migration);
        }
        return migrations;
    }

    /** The beans that belong to a store, in their order. */
    private <T> List<T> beansOf(Class<T> type, @Nullable String name) {
        Set<T> own = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String bean : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
            if (belongsTo(bean, name)) {
                own.add(beans.getBean(bean, type));
            }
        }
        return beans.getBeanProvider(type).orderedStream().filter(own::contains).toList();
    }

    private boolean belongsTo(String bean, @Nullable String name) {
        boolean qualified = BeanFactoryAnnotationUtils.isQualifierMatch(
                qualifier -> name == null ? additionalStores.contains(qualifier) : name.equals(qualifier), bean, beans);
        return qualified == (name != null);
    }
}
