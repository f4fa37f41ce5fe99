package org.storedb.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when durable data cannot be read back as it was written. Nothing was changed; restore the directory from a
 * backup, or salvage what can be read with {@link org.storedb.StoreSalvage} or the command line, {@code StoreTool}.
 */
public class CorruptStoreException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    public CorruptStoreException(String file, long offset, String message) {
        this(file, offset, message, null);
    }

    public CorruptStoreException(String file, long offset, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    /** Returns the offset in the file at which the damage was found, in bytes. */
    public long offset() {
        return offset;
    }
}
