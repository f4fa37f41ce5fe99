package org.storedb.spring.autoconfigure;

import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.storedb.Store;

/** Finds the stores of an application, and what there is of each. */
final class StoreBeans {

    private StoreBeans() {}

    /**
     * All stores, by the names of their beans. Injected as a map, those of {@code store.additional} would be missing: they are
     * no candidates by default.
     */
    static Map<String, Store> byName(ConfigurableListableBeanFactory beans) {
        return byName(beans, Store.class);
    }

    /** The same for beans of which there is one for each store. */
    static <T> Map<String, T> byName(ConfigurableListableBeanFactory beans, Class<T> type) {
        return SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, type, false, true);
    }
}
