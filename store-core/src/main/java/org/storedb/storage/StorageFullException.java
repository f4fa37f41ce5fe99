package org.storedb.storage;

import java.io.IOException;

/**
 * Thrown when there is no space for a write: the medium is full, or a quota is used up. What such a write has left
 * behind is undefined, but it can be truncated, and writing may continue once there is space again. Every other
 * {@link IOException} from a write ends writing permanently, so a file system that can distinguish the cause should
 * throw this one. It must not be thrown by {@code sync}: what a failed sync has lost cannot be determined.
 */
public class StorageFullException extends IOException {

    private static final long serialVersionUID = 1L;

    public StorageFullException(String message) {
        super(message);
    }

    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
