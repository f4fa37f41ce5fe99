package org.storedb.document;

import java.util.List;

/** Decides which documents may be stored. Must be safe for use by many threads at once. */
@FunctionalInterface
public interface DocumentValidator {

    /**
     * Returns all violations of a document; empty if it may be stored. Called on the thread that writes it, in its
     * transaction, and again if the transaction is retried.
     */
    List<DocumentViolation> validate(DocumentValue document);
}
