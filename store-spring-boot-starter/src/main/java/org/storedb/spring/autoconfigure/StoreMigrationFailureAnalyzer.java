package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.MigrationException;

/** Failure analyzer that explains which migration failed or does not fit the store, and in what state the store is. */
class StoreMigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
        if (cause.getCause() == null) {
            return new FailureAnalysis(
                    cause.getMessage() + ".",
                    "No migration was run, and nothing was changed. Change the migrations, or the version of the application,"
                            + " as described above; the settings withUnknown and withOutOfOrder are those of a bean of"
                            + " the type Migrations.",
                    cause);
        }
        return new FailureAnalysis(
                cause.getMessage() + ". The reason is: " + cause.getCause(),
                "Migration %s was not committed, the ones before it were, and the store is closed. Fix the migration and start again; completed migrations are not run again."
                        .formatted(cause.version()),
                cause);
    }
}
