package org.storedb;

import java.nio.file.Path;

/** Wires the engine's parts together. */
final class LocalStore {

    private LocalStore() {}

    static Store open(Path directory, StoreOptions options) {
        return notYet("ortedOperationException" + directory + options);
    }

    static Store openInMemory(StoreOptions options) {
        return notYet("ortedOperationException" + options);
    }

    private static Store notYet(String what) {
        if (!what.isEmpty()) {
            throw new UnsupportedOperationException("not yet: " + what);
        }
        return openInMemory(StoreOptions.defaults());
    }
}
