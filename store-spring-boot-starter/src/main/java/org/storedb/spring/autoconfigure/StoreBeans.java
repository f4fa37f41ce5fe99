package org.storedb.spring.autoconfigure;

import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.storedb.Store;

/** Lookup of the stores of an application, and of the other beans that exist once per store. */
final class StoreBeans {

    private StoreBeans() {}

    /**
     * Returns all stores, by the names of their beans. An injected map would lack those of {@code store.additional},
     * which are not default candidates.
     */
    static Map<String, Store> byName(ConfigurableListableBeanFactory beans) {
        return byName(beans, Store.class);
    }

    /** Returns all beans of a type that exists once per store, by their names. */
    static <T> Map<String, T> byName(ConfigurableListableBeanFactory beans, Class<T> type) {
        return SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, type, false, true);
    }
}
