package org.storedb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.dao.DuplicateKeyException;
import org.storedb.error.UniqueIndexViolationException;

/** Failure analyzer that explains that stored entities share a value that their class declares to be unique. */
class StoreUniqueIndexFailureAnalyzer extends AbstractFailureAnalyzer<UniqueIndexViolationException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UniqueIndexViolationException cause) {
        if (!cause.isOfDocuments()) {
            return null;
        }
        DuplicateKeyException ofEntity = findCause(rootFailure, DuplicateKeyException.class);
        String message = String.valueOf(ofEntity == null ? cause.getMessage() : ofEntity.getMessage());
        return new FailureAnalysis(
                message + ".",
                "Nothing was changed. Make the values of '%s' in the collection '%s' distinct in a bean of the type Migration, which is run before indexes are built, or do not declare the index as unique."
                        .formatted(cause.index(), cause.collection()),
                cause);
    }
}
