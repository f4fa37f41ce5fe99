package org.storedb.internal.log;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreFailedException;

/**
 * The failure that has ended writing, if any. A write or a sync that fails is final: what reached the medium is then
 * unknown, and a retry could falsely succeed. Safe for use by many threads.
 */
final class LogFailure {

    private final String store;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /**
     * Creates one in which nothing has failed.
     *
     * @param store how to name the location of the store
     */
    LogFailure(String store) {
        this.store = store;
    }

    /** Ends writing. Only the first cause is kept. */
    void end(Throwable cause) {
        if (first.compareAndSet(null, cause)) {
            report(cause);
        }
    }

    private void report(Throwable cause) {
        try {
            System.getLogger(LogFailure.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "The store in " + store + " accepts no more writes until it is closed and opened again",
                            cause);
        } catch (RuntimeException | Error e) { // Perhaps there is no memory for it; the state shows the cause as well.
            cause.addSuppressed(e);
        }
    }

    /** Returns the first cause, or {@code null} if nothing has failed. */
    @Nullable
    Throwable cause() {
        return first.get();
    }

    /**
     * Does nothing unless something has failed.
     *
     * @throws StoreFailedException with the first cause
     */
    void requireNone() {
        Throwable cause = first.get();
        if (cause != null) {
            throw new StoreFailedException(
                    "The store in " + store + " accepts no more writes because one failed: " + cause.getMessage()
                            + "; fix the cause, then close the store and open it again",
                    cause);
        }
    }
}
