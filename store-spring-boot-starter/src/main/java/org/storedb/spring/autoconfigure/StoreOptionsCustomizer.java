package org.storedb.spring.autoconfigure;

import org.storedb.StoreOptions;

/**
 * Changes the options of a store before it is opened; for what there is no property for. Beans of this type are for the
 * store that {@code store.*} describes; with {@code @Qualifier("archive")} for the one of {@code
 * store.additional.archive.*}. They are created before the store, so they cannot depend on it.
 */
@FunctionalInterface
public interface StoreOptionsCustomizer {

    /** The options to use in the place of {@code options}. */
    StoreOptions customize(StoreOptions options);
}
