package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a snapshot file is damaged, incomplete or not a snapshot file, or the store to load it into is not empty.
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
