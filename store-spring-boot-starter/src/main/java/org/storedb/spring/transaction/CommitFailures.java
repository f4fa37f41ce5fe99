package org.storedb.spring.transaction;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.storedb.error.CommitOutcomeUnknownException;
import org.storedb.error.DuplicateIdException;
import org.storedb.error.RevisionConflictException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.error.StoreFailedException;
import org.storedb.error.StoreFullException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.error.UniqueIndexViolationException;

/**
 * Translator of failed commits to Spring's exceptions. The type of the exception decides what synchronizations and
 * listeners are told: that the outcome is unknown for a {@code TransactionException} other than
 * {@code UnexpectedRollbackException}, and that the transaction was rolled back for any other.
 */
final class CommitFailures {

    private static final String AFTER_SUSPENSION =
            ". If that was done while this transaction was suspended for it (REQUIRES_NEW, NOT_SUPPORTED), it conflicts"
                    + " each time: do it in this transaction, or after it";

    private CommitFailures() {}

    /**
     * Returns the exception of Spring for a failed commit.
     *
     * @param wasSuspended whether the transaction was suspended before, and may conflict with what was done meanwhile
     */
    static RuntimeException translate(StoreException failure, boolean wasSuspended) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof TransactionConflictException && wasSuspended) {
            return new OptimisticLockingFailureException(message + AFTER_SUSPENSION, failure);
        }
        if (failure instanceof CommitOutcomeUnknownException) {
            return new TransactionSystemException(message, failure);
        }
        if (failure instanceof TransactionConflictException || failure instanceof RevisionConflictException) {
            return new OptimisticLockingFailureException(message, failure);
        }
        if (failure instanceof UniqueIndexViolationException || failure instanceof DuplicateIdException) {
            return new DuplicateKeyException(message, failure);
        }
        if (failure instanceof TransactionTimedOutException) {
            return new UnexpectedRollbackException("The transaction was rolled back: " + message, failure);
        }
        if (failure instanceof StoreFailedException
                || failure instanceof StoreFullException
                || failure instanceof StoreClosedException) {
            return new DataAccessResourceFailureException(message, failure);
        }
        return new TransactionSystemException("Could not commit: " + message, failure);
    }
}
