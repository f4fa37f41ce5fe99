package org.storedb.spring.autoconfigure;

import java.nio.file.NoSuchFileException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.StoreIoException;

/** Failure analyzer that explains that an operation of the file system failed. */
class StoreIoFailureAnalyzer extends AbstractFailureAnalyzer<StoreIoException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreIoException cause) {
        String path = AdditionalStoreException.property(rootFailure, "path");
        if (cause.getCause() instanceof NoSuchFileException) {
            return new FailureAnalysis(
                    String.valueOf(cause.getMessage()),
                    "With '%s' set to 'read-only' or 'follow', set '%s' to the directory of an existing store: the application that writes to it creates it, and must be started first."
                            .formatted(AdditionalStoreException.property(rootFailure, "access"), path),
                    cause);
        }
        return new FailureAnalysis(
                "The store's files cannot be read or written. " + cause.getMessage(),
                "Check that the directory in the property '%s' is writable for this application and on a disk with free space."
                        .formatted(path),
                cause);
    }
}
