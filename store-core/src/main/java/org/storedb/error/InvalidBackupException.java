package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a backup is incomplete, damaged or mixed up, or a directory is not suitable for backups. Nothing was
 * changed.
 */
public class InvalidBackupException extends StoreException {

    private static final long serialVersionUID = 1L;

    public InvalidBackupException(String message) {
        super(message);
    }

    public InvalidBackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
