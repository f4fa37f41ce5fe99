package org.storedb;

import org.storedb.internal.io.Environment;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageDirectory;

/** Opens stores over any directory and environment. */
public final class TestStores {

    private TestStores() {}

    @SuppressWarnings("exports") // For the tests of this module only.
    public static Store open(StorageDirectory directory, StoreOptions options, Environment environment) {
        return options.access() == Access.READ_WRITE
                ? LocalStore.open(StoreEngine.open(directory, directory.description(), options, environment))
                : new FollowerStore(FollowerEngine.open(directory, options, environment));
    }

    /** The time of a store, in milliseconds since 1970-01-01 UTC. */
    public static long millis(Store store) {
        return ((LocalStore) store).engine().environment().clock().millis();
    }

    /** All trees of a store, as of its last commit. */
    @SuppressWarnings("exports") // For the tests of this module only.
    public static StoreState state(Store store) {
        return ((LocalStore) store).engine().state();
    }
}
