package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.CorruptStoreException;

/** Failure analyzer that explains that the store's files are damaged, and where. */
class StoreDamagedFailureAnalyzer extends AbstractFailureAnalyzer<CorruptStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CorruptStoreException cause) {
        return new FailureAnalysis(
                "The store is damaged: the content of the file '%s' at byte %d is not valid. %s"
                        .formatted(cause.file(), cause.offset(), cause.getMessage()),
                "Nothing was changed. Keep the damaged directory, restore it from a backup, and check its disk.",
                cause);
    }
}
