package org.storedb.spring.autoconfigure;

import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.storedb.Store;

/** Finds the stores of an application. */
final class StoreBeans {

    private StoreBeans() {}

    /**
     * All stores, by the names of their beans. Injected as a map, those of {@code store.additional} would be missing: they are
     * no candidates by default.
     */
    static Map<String, Store> byName(ConfigurableListableBeanFactory beans) {
        return SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, Store.class, false, true);
    }
}
