package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Failure analyzer that explains which property of a store has an invalid value. */
class StorePropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidStorePropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidStorePropertyException cause) {
        return new FailureAnalysis(
                "The property '%s' %s, which is not valid.".formatted(cause.property(), cause.problem()),
                "Change '%s' in the application's configuration: it must be %s."
                        .formatted(cause.property(), cause.allowed()),
                cause);
    }
}
