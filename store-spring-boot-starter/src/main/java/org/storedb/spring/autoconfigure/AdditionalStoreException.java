package org.storedb.spring.autoconfigure;

import org.storedb.error.StoreException;

/** Thrown when an additional store could not be opened; the cause says why. */
final class AdditionalStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String store;

    /**
     * Creates an exception for the store that {@code store.additional.<name>.*} describes.
     *
     * @param store the name of the store
     */
    AdditionalStoreException(String store, StoreException cause) {
        super("The additional store '%s' could not be opened: %s".formatted(store, cause.getMessage()), cause);
        this.store = store;
    }

    /** Returns the full name of a property of the store that could not be opened. */
    static String property(Throwable failure, String name) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AdditionalStoreException additional) {
                return "%s.%s.%s".formatted(AdditionalStores.PREFIX, additional.store, name);
            }
        }
        return "store." + name;
    }
}
