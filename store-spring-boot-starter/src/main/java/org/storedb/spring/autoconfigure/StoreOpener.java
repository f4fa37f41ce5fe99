package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.storedb.Access;
import org.storedb.Store;
import org.storedb.StoreInitializer;
import org.storedb.StoreOptions;
import org.storedb.error.StoreException;
import org.storedb.migration.Migration;
import org.storedb.migration.Migrations;

/**
 * Opener of stores as configured by their properties and by beans of the application: {@link StoreOptionsCustomizer}s,
 * {@link Migration}s and other {@link StoreInitializer}s. These beans belong to the store that {@code store.*}
 * describes, or to the additional one whose name they are qualified with.
 */
public final class StoreOpener {

    private static final Log LOGGER = LogFactory.getLog(StoreOpener.class);

    private final ConfigurableListableBeanFactory beans;
    private final Set<String> additionalStores;
    private final boolean inMemory;

    private StoreOpener(ConfigurableListableBeanFactory beans, Environment environment, boolean inMemory) {
        this.beans = beans;
        this.additionalStores = AdditionalStores.propertiesIn(environment).keySet();
        this.inMemory = inMemory;
    }

    /** Returns an opener that opens each store where its properties say. */
    static StoreOpener configured(ConfigurableListableBeanFactory beans, Environment environment) {
        return new StoreOpener(beans, environment, false);
    }

    /**
     * Returns an opener for tests that opens an empty in-memory store in place of each, with the same limits. As a bean
     * it replaces the one of {@link StoreAutoConfiguration}.
     */
    public static StoreOpener inMemory(ConfigurableListableBeanFactory beans, Environment environment) {
        return new StoreOpener(beans, environment, true);
    }

    /** Opens an additional store or, without a name, the one that {@code store.*} describes; the log says where. */
    Store open(StoreProperties properties, @Nullable String name) {
        try {
            return opened(properties, name);
        } catch (InvalidStorePropertyException e) {
            throw name == null ? e : e.ofAdditional(name);
        } catch (StoreException e) {
            throw name == null ? e : new AdditionalStoreException(name, e);
        }
    }

    private Store opened(StoreProperties properties, @Nullable String name) {
        StoreOptions options = optionsOf(properties, name);
        String store = name == null ? "Store" : "Store '" + name + "'";
        if (!needsPath(properties)) {
            Store opened = Store.openInMemory(inMemory ? options.withAccess(Access.READ_WRITE) : writable(options));
            LOGGER.info(store + " opened in memory: what it holds is gone when it is closed");
            return opened;
        }
        Path directory = directory(properties.path());
        long start = System.nanoTime();
        Store opened = Store.open(directory, options);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        LOGGER.info(store + " opened in " + directory.toAbsolutePath().normalize() + " in " + millis + " ms");
        return opened;
    }

    private static StoreOptions writable(StoreOptions options) {
        if (options.access() != Access.READ_WRITE) {
            throw new InvalidStorePropertyException(
                    "access",
                    "is '%s' for a store in memory".formatted(StoreProperties.inKebabCase(options.access())),
                    "'read-write', since a store in memory is empty at first");
        }
        return options;
    }

    private static Path directory(String path) {
        if (path.isBlank()) {
            throw new InvalidStorePropertyException("path", "is empty", "a directory, '.' for the working directory");
        }
        return Path.of(path);
    }

    /** Returns whether a store with these properties is opened in a directory. */
    boolean needsPath(StoreProperties properties) {
        return !inMemory && !properties.inMemory();
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

    /** Returns the beans that belong to a store, in their order. */
    private <T> List<T> beansOf(Class<T> type, @Nullable String name) {
        Set<T> own = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String bean : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
            if (Objects.equals(additionalStoreOf(bean, beans), name)) {
                own.add(beans.getBean(bean, type));
            }
        }
        return beans.getBeanProvider(type).orderedStream().filter(own::contains).toList();
    }

    /** Returns the additional store that a bean is qualified with; its name does not count as a qualifier. */
    private @Nullable String additionalStoreOf(String bean, ConfigurableListableBeanFactory context) {
        if (!context.containsLocalBean(bean)
                && context.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) {
            return additionalStoreOf(bean, parent);
        }
        Qualifier qualifier = context.findAnnotationOnBean(bean, Qualifier.class);
        return qualifier == null || !additionalStores.contains(qualifier.value()) ? null : qualifier.value();
    }
}
