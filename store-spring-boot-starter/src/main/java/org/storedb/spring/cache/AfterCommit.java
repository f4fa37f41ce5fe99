package org.storedb.spring.cache;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Deferral of work until the running transaction, of any transaction manager, is committed. */
final class AfterCommit {

    private AfterCommit() {}

    /**
     * Runs {@code work} after the commit, or immediately if no transaction is running.
     *
     * @param evenIfUnknown whether to run it even if it is unknown whether the transaction was committed
     */
    static void run(boolean evenIfUnknown, Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            work.run();
            return;
        }
        // Not afterCommit, which is no longer called for synchronizations registered after the commit, as by listeners
        // to it.
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
