package org.storedb.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.storedb.Store;

/** The stores of an application by the names of their beans, and the default one. */
public final class NamedStores {

    private final String defaultName;
    private final Map<String, Store> stores;

    /**
     * Creates an instance for some stores.
     *
     * @param defaultName the name of the default store, which is used where no name is given
     * @param stores the stores by the names of their beans
     */
    public NamedStores(String defaultName, Map<String, Store> stores) {
        if (!stores.containsKey(defaultName)) {
            throw new IllegalArgumentException("There is no store '" + defaultName + "' in " + stores.keySet());
        }
        this.defaultName = defaultName;
        this.stores = new LinkedHashMap<>(stores);
    }

    /** Creates an instance for an application's only store, named {@code store}. */
    public static NamedStores only(Store store) {
        return new NamedStores("store", Map.of("store", store));
    }

    /** Returns the name of the default store. */
    public String defaultName() {
        return defaultName;
    }

    /**
     * Returns the store with a name.
     *
     * @param name the name of its bean, or {@code null} for the default store
     * @throws InvalidEndpointRequestException if there is none, a 400 on the web
     */
    Store get(@Nullable String name) {
        Store store = stores.get(orDefault(name));
        if (store == null) {
            throw new InvalidEndpointRequestException(
                    "There is no store '" + name + "'; the stores are " + stores.keySet(), "No such store");
        }
        return store;
    }

    /**
     * Returns the store with a name, to be worked on.
     *
     * @param name the name of its bean, or {@code null} for the default store
     * @param operation what cannot be done with a store that is open for reading only, for the message
     * @throws InvalidEndpointRequestException if there is none, or it is open for reading only; a 400 on the web
     */
    Store getWritable(@Nullable String name, String operation) {
        Store store = get(name);
        if (store.isReadOnly()) {
            throw new InvalidEndpointRequestException(
                    "A store that is open for reading only cannot be " + operation
                            + "; do that in the application that has it open for writing",
                    "The store is open for reading only");
        }
        return store;
    }

    /** Returns the name or, if there is none, that of the default store. */
    String orDefault(@Nullable String name) {
        return name == null ? defaultName : name;
    }
}
