package org.storedb.storage;

import java.io.IOException;

/**
 * There is no space for what was to be written: the medium is full, or a quota is used up. What a write that ends so has
 * left behind is not known, but it can be cut off, and writing may go on when there is space again. Every other
 * {@link IOException} from a write ends writing for good, so a file system that can tell should throw this one. It must
 * not come from a {@code sync}: what a failed sync has lost cannot be told.
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
