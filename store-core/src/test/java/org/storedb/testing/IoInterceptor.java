package org.storedb.testing;

import java.io.IOException;
import org.storedb.storage.StorageFullException;

/** Stands between the engine and a directory: sees each operation, and may make it fail or leave it out. */
public interface IoInterceptor {

    /** Called before an operation; an exception is what the engine gets instead. */
    default void before(IoOperation operation) throws IOException {}

    /** Whether an operation without a result is left out although the engine is told that it was done. */
    default boolean skips(IoOperation operation) {
        return false;
    }

    /** Called when an operation without a result failed; to return is to tell the engine that it was done. */
    default void failed(IoOperation operation, IOException failure) throws IOException {
        throw failure;
    }

    /** Whether the engine's closing of a file reaches the directory. */
    default boolean closesFiles() {
        return true;
    }

    /** Called after an operation that was done or left out. */
    default void after(IoOperation operation) {}

    /** Thrown by {@link #before} to have half of a write done before it fails. */
    final class ShortWriteException extends StorageFullException {

        private static final long serialVersionUID = 1L;

        public ShortWriteException(String message) {
            super(message);
        }
    }
}
