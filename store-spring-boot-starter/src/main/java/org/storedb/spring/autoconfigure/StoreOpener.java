package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.storedb.Access;
import org.storedb.Store;
import org.storedb.StoreInitializer;
import org.storedb.StoreOptions;
import org.storedb.error.StoreException;
import org.storedb.migration.Migration;

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
        StoreOptions options = new StoreCustomizations(beans, additionalStores, name).applyTo(properties.toOptions());
        String store = name == null ? "Store" : "Store '" + name + "'";
        if (!needsPath(properties)) {
            Store opened = Store.openInMemory(inMemory ? options.withAccess(Access.READ_WRITE) : writable(options));
            LOGGER.info(store + " opened in memory: its content is lost when it is closed");
            return opened;
        }
        Path directory = PropertyChecks.directory("path", properties.path());
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

    /** Returns whether a store with these properties is opened in a directory. */
    boolean needsPath(StoreProperties properties) {
        return !inMemory && !properties.inMemory();
    }
}
