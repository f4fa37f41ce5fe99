package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a migration failed, or the migrations do not fit the store. Earlier migrations are committed; of the
 * failed one nothing is, except for indexes and collections.
 */
public class MigrationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String version;

    /**
     * Creates an exception about one migration.
     *
     * @param version the migration's version
     */
    public MigrationException(String message, String version, @Nullable Throwable cause) {
        super(message, cause);
        this.version = version;
    }

    /** Returns the version of the migration concerned. */
    public String version() {
        return version;
    }
}
