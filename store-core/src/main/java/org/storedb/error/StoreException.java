package org.storedb.error;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions specific to the store. */
public abstract class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected StoreException(String message) {
        super(message);
    }

    protected StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
