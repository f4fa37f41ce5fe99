package org.storedb.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.storedb.Store;

/** The stores of an application by the names of their beans, and which one is meant where no name is given. */
public final class NamedStores {

    private final String defaultName;
    private final Map<String, Store> stores;

    /**
     * Some stores.
     *
     * @param defaultName the one that is meant where no name is given
     * @param stores by the names of their beans
     */
    public NamedStores(String defaultName, Map<String, Store> stores) {
        if (!stores.containsKey(defaultName)) {
            throw new IllegalArgumentException("There is no store '" + defaultName + "' in " + stores.keySet());
        }
        this.defaultName = defaultName;
        this.stores = new LinkedHashMap<>(stores);
    }

    /** An application's only store, which is called {@code store}. */
    public static NamedStores only(Store store) {
        return new NamedStores("store", Map.of("store", store));
    }

    /** The one that is meant where no name is given. */
    public String defaultName() {
        return defaultName;
    }

    /**
     * The store of a name.
     *
     * @param name of its bean, or {@code null} for the one that is meant then
     * @throws InvalidEndpointRequestException if there is none, a 400 on the web
     */
    Store get(@Nullable String name) {
        Store store = stores.get(orDefault(name));
        if (store == null) {
            throw new InvalidEndpointRequestException(
                    "There is no store '" + name + "'; there are " + stores.keySet(), "No such store");
        }
        return store;
    }

    /** The name, or if there is none that of the store which is meant then. */
    String orDefault(@Nullable String name) {
        return name == null ? defaultName : name;
    }
}
