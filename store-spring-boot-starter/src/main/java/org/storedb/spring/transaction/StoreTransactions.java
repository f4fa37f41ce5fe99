package org.storedb.spring.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;

/** Access to the transaction that {@link StoreTransactionManager} has begun for a store on this thread. */
public final class StoreTransactions {

    private StoreTransactions() {}

    /**
     * Returns the running transaction, or {@code null} if there is none. One that has been committed or rolled back no
     * longer counts, even while its synchronizations are still being called: these operate on the store itself.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if its time is up; it can then only be
     *     rolled back
     */
    public static @Nullable Transaction current(Store store) {
        StoreTransactionHolder holder = (StoreTransactionHolder) TransactionSynchronizationManager.getResource(store);
        return holder == null || !holder.transaction().isActive() ? null : holder.transactionInTime();
    }

    /**
     * Returns the context to read and write in: the running transaction or, without one, the store itself, where each
     * call stands alone.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if the time of the running transaction is up
     */
    public static StoreContext currentContext(Store store) {
        Transaction transaction = current(store);
        return transaction == null ? store : transaction;
    }
}
