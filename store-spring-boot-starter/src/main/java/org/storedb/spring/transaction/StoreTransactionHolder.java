package org.storedb.spring.transaction;

import org.springframework.transaction.support.ResourceHolderSupport;
import org.storedb.Transaction;

/** A transaction bound to a thread. */
final class StoreTransactionHolder extends ResourceHolderSupport {

    private final Transaction transaction;
    private boolean suspended;

    StoreTransactionHolder(Transaction transaction) {
        this.transaction = transaction;
    }

    Transaction transaction() {
        return transaction;
    }

    void noteSuspension() {
        suspended = true;
    }

    /** Returns whether this thread has run other work while the transaction was suspended. */
    boolean wasSuspended() {
        return suspended;
    }

    /**
     * Returns the transaction for further work.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if its time is up; it is rollback-only then
     */
    Transaction transactionInTime() {
        if (hasTimeout()) {
            getTimeToLiveInMillis(); // throws if no time is left
        }
        return transaction;
    }
}
