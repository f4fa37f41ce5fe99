package org.storedb.spring.cache;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What waits for the running transaction, of whichever manager, to be committed. */
final class AfterCommit {

    private AfterCommit() {}

    /**
     * Runs {@code work} at once if no transaction is running.
     *
     * @param evenIfUnknown whether to run it, too, if it is not known whether the transaction was committed
     */
    static void run(boolean evenIfUnknown, Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            work.run();
            return;
        }
        // Not afterCommit, which is over for what listeners do that are called after the commit themselves.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED || (status == STATUS_UNKNOWN && evenIfUnknown)) {
                    work.run();
                }
            }
        });
    }
}
