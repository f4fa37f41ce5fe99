package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.WrongKeyException;

/** Failure analyzer that explains that a store is encrypted with another key, or not at all. */
class StoreKeyFailureAnalyzer extends AbstractFailureAnalyzer<WrongKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongKeyException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set '%1$s.key-id' and '%1$s.key' to the key that the store was written with, or add that key to '%1$s.former-keys'. To encrypt a store that is not yet encrypted, also set '%1$s.encrypt-existing=true'."
                        .formatted(AdditionalStoreException.property(rootFailure, "encryption")),
                cause);
    }
}
