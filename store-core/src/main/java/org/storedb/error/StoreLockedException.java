package org.storedb.error;

import org.jspecify.annotations.Nullable;

/** The store is open already, in another process or in this one. */
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

    /** Process id of the owner, or {@code null} if it is not known. */
    public @Nullable Long ownerPid() {
        return ownerPid;
    }
}
