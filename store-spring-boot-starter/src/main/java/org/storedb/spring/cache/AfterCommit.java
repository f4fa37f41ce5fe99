package org.storedb.spring.cache;

import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Deferral of work until the running transaction, of any transaction manager, is committed. */
final class AfterCommit {

    private AfterCommit() {}

    /** Runs {@code work} after the commit, or immediately if no transaction is running. */
    static void run(Runnable work) {
        run(work, Set.of(TransactionSynchronization.STATUS_COMMITTED));
    }

    /** Runs {@code work} like {@link #run}, but also if it is unknown whether the transaction was committed. */
    static void runEvenIfUnknown(Runnable work) {
        run(work, Set.of(TransactionSynchronization.STATUS_COMMITTED, TransactionSynchronization.STATUS_UNKNOWN));
    }

    private static void run(Runnable work, Set<Integer> outcomes) {
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
                if (outcomes.contains(status)) {
                    work.run();
                }
            }
        });
    }
}
