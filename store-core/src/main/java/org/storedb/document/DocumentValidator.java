package org.storedb.document;

import java.util.List;

/** Decides which documents may be stored. Must be safe for use by many threads at once. */
@FunctionalInterface
public interface DocumentValidator {

    /**
     * All that is wrong with a document; empty if it may be stored. Called by the thread that writes it, in its transaction,
     * and again if the transaction is run again.
     */
    List<DocumentViolation> validate(DocumentValue document);
}
