package org.storedb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.data.mapping.MappingException;

/**
 * Failure analyzer that explains why an entity cannot be stored as it is declared. Ignores the exceptions of other
 * modules.
 */
class StoreMappingFailureAnalyzer extends AbstractFailureAnalyzer<MappingException> {

    private static final String PACKAGE = "org.storedb.spring.data.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, MappingException cause) {
        return ExceptionOrigin.isIn(PACKAGE, cause)
                ? new FailureAnalysis(
                        cause.getMessage(),
                        "Change the entity as described above. Annotate properties that are not to be stored with"
                                + " @Transient; types that the store does not support need a converter in a"
                                + " StoreCustomConversions bean, or @ValueConverter.",
                        cause)
                : null;
    }
}
