package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot file is damaged, incomplete or something else, or there is something in the store that it is to be loaded into.
 * Nothing was loaded.
 */
public class SnapshotFileException extends StoreException {

    private static final long serialVersionUID = 1L;

    public SnapshotFileException(String message) {
        super(message);
    }

    public SnapshotFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
