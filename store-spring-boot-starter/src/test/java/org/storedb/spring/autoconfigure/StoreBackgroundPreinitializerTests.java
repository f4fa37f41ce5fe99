package org.storedb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.OverridingClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

class StoreBackgroundPreinitializerTests {

    @Test
    void springBootFindsIt() {
        List<BackgroundPreinitializer> all =
                SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class);
        assertThat(all).hasAtLeastOneElementOfType(StoreBackgroundPreinitializer.class);
    }

    @Test
    void classesThatEveryApplicationNeedsAreLoaded() throws Exception {
        RecordingClassLoader loader = new RecordingClassLoader(getClass().getClassLoader());
        Constructor<?> constructor =
                loader.loadClass(StoreBackgroundPreinitializer.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        BackgroundPreinitializer preinitializer = (BackgroundPreinitializer) constructor.newInstance();
        assertThat(loader.loaded)
                .as("classes that the main thread has to load")
                .containsExactly(StoreBackgroundPreinitializer.class.getName());
        preinitializer.preinitialize();

        assertThat(loader.loaded)
                .contains(
                        "org.storedb.StoreEngine",
                        "org.storedb.internal.recovery.Recovery",
                        "org.storedb.spring.autoconfigure.StoreProperties$CompressionMethod",
                        "org.storedb.spring.data.core.EntityCollection",
                        "org.storedb.spring.transaction.StoreTransactionManager");
    }

    /** Loads the classes of this project again. */
    private static final class RecordingClassLoader extends OverridingClassLoader {

        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        RecordingClassLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected boolean isEligibleForOverriding(String className) {
            return className.startsWith("org.storedb.");
        }

        @Override
        protected @Nullable Class<?> loadClassForOverriding(String name) throws ClassNotFoundException {
            loaded.add(name);
            return super.loadClassForOverriding(name);
        }
    }
}
