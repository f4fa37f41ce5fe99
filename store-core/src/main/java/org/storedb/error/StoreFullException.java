package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no room for a write: the medium is full, or a limit of the options is reached. Nothing was
 * written. Reads and deletes continue to work, and compaction reclaims the space of deleted and replaced records; the
 * write can be retried once there is room, without reopening the store.
 */
public class StoreFullException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreFullException(String message) {
        super(message);
    }

    public StoreFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
