package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.MigrationException;

/** Failure analyzer that explains which migration failed, and in what state it left the store. */
class StoreMigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
        String reason = cause.getCause() == null ? "" : " The reason is: " + cause.getCause();
        return new FailureAnalysis(
                cause.getMessage() + "." + reason,
                "Migration %s was not committed, the ones before it were, and the store is closed. Fix the migration and start again; completed migrations are not run again."
                        .formatted(cause.version()),
                cause);
    }
}
