package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * A migration failed, or the migrations do not fit the store. What ran before it is committed; of itself nothing is, but for
 * indexes and collections.
 */
public class MigrationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String version;

    /**
     * An exception about one migration.
     *
     * @param version the migration's version
     */
    public MigrationException(String message, String version, @Nullable Throwable cause) {
        super(message, cause);
        this.version = version;
    }

    /** The version of the migration that it is about. */
    public String version() {
        return version;
    }
}
