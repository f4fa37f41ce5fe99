package org.storedb.spring.autoconfigure;

import org.storedb.StoreOptions;

/**
 * Customizer of the options of a store before it is opened, for options that have no property. Beans of this type apply
 * to the store that {@code store.*} describes; with {@code @Qualifier("archive")} to the one of
 * {@code store.additional.archive.*}. They are created before the store, so they cannot depend on it.
 */
@FunctionalInterface
public interface StoreOptionsCustomizer {

    /** Returns the options to use in place of {@code options}. */
    StoreOptions customize(StoreOptions options);
}
