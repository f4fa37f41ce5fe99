package org.storedb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.data.repository.query.QueryCreationException;

/**
 * Failure analyzer that explains why a method of a repository cannot be a query. Ignores the repositories of other
 * modules.
 */
class StoreQueryFailureAnalyzer extends AbstractFailureAnalyzer<QueryCreationException> {

    private static final String PACKAGE = "org.storedb.spring.data.repository.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, QueryCreationException cause) {
        Throwable reason = cause.getCause();
        return reason != null && ExceptionOrigin.isIn(PACKAGE, reason)
                ? new FailureAnalysis(
                        cause.getMessage(),
                        "Change the name or the parameters of the method, or its @Query, as described above. A condition that"
                                + " depends on which arguments are given is built from Filters with StoreTemplate.query,"
                                + " for instance in a default method or a fragment.",
                        cause)
                : null;
    }
}
