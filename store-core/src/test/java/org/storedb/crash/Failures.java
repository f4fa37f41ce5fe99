package org.storedb.crash;

import org.jspecify.annotations.Nullable;

/** Keeps the first failure of checks that run below the engine, which would take it for a failure of the disk. */
final class Failures {

    private @Nullable Throwable first;

    void collect(Runnable check) {
        if (first == null) {
            try {
                check.run();
            } catch (RuntimeException | Error e) {
                first = e;
            }
        }
    }

    void rethrow() {
        if (first != null) {
            throw new AssertionError(first.getMessage(), first);
        }
    }
}
