package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.MissingLibraryException;

/** Failure analyzer that explains which dependency is needed to compress values. */
class MissingLibraryFailureAnalyzer extends AbstractFailureAnalyzer<MissingLibraryException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingLibraryException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Add the dependency, or set '%s' to another value."
                        .formatted(AdditionalStoreException.property(rootFailure, "compression")),
                cause);
    }
}
