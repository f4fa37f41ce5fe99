package org.storedb.error;

import org.jspecify.annotations.Nullable;

/** Thrown when the store is already open, in another process or in this one. */
public class StoreLockedException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final @Nullable Long ownerPid;

    public StoreLockedException(String directory, @Nullable Long ownerPid, String message) {
        super(message);
        this.directory = directory;
        this.ownerPid = ownerPid;
    }

    public String directory() {
        return directory;
    }

    /** Returns the process id of the owner, or {@code null} if it is unknown. */
    public @Nullable Long ownerPid() {
        return ownerPid;
    }
}
