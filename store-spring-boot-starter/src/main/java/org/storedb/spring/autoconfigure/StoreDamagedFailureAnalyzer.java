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
                "Nothing was changed. Keep the directory in the property '%s' as it is, and check its disk. Restore the latest backup to another directory; if there is none, salvage what can be read. The commands 'restore' and 'salvage' of org.storedb.tool.StoreTool do that, also out of this application's jar."
                        .formatted(AdditionalStoreException.property(rootFailure, "path")),
                cause);
    }
}
