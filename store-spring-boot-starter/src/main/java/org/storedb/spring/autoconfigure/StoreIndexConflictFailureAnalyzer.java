package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.storedb.error.IndexConflictException;

/** Failure analyzer that explains that the declaration of an index has changed since the index was created. */
class StoreIndexConflictFailureAnalyzer extends AbstractFailureAnalyzer<IndexConflictException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, IndexConflictException cause) {
        InvalidDataAccessResourceUsageException ofEntity =
                findCause(rootFailure, InvalidDataAccessResourceUsageException.class);
        return new FailureAnalysis(
                (ofEntity == null ? cause : ofEntity).getMessage() + ".",
                "Nothing was changed. Drop the existing index in a bean of the type Migration, which is run before the declared ones are created, or give the declared one another name.",
                cause);
    }
}
