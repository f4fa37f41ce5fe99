package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.UnsupportedFormatException;

/** Failure analyzer that explains that the store's files come from a newer version. */
class StoreFormatFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedFormatException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedFormatException cause) {
        return new FailureAnalysis(
                "The store was written by a newer version of StoreDB than this application uses. " + cause.getMessage(),
                "Nothing was changed. Use the newer version in this application, or set the property '%s' to another directory."
                        .formatted(AdditionalStoreException.property(rootFailure, "path")),
                cause);
    }
}
