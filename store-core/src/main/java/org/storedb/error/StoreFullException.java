package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no room for what was to be written: the medium is full, or a limit of the options is reached. Nothing was
 * written. Reads and deletes go on, and compaction gives the space of deleted and replaced records back; what was refused
 * can be tried again when there is room, without opening the store anew.
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
