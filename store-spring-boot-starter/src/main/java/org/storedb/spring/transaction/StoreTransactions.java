package org.storedb.spring.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.Transaction;

/** Finds the transaction that {@link StoreTransactionManager} has begun for a store on this thread. */
public final class StoreTransactions {

    private StoreTransactions() {}

    /**
     * The running transaction, or {@code null} if there is none. One that has been committed or rolled back is none, even
     * while its synchronizations are still being called: what these do, they do in the store itself.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if its time is up; it can then only be rolled
     *     back
     */
    public static @Nullable Transaction current(Store store) {
        StoreTransactionHolder holder = (StoreTransactionHolder) TransactionSynchronizationManager.getResource(store);
        if (holder == null || !holder.transaction().isActive()) {
            return null;
        }
        if (holder.hasTimeout()) {
            holder.getTimeToLiveInMillis(); // throws when there is none left
        }
        return holder.transaction();
    }

    /**
     * Where to read and write now: in the running transaction, or in the store itself, where each call stands alone.
     *
     * @throws org.springframework.transaction.TransactionTimedOutException if the time of the running transaction is up
     */
    public static StoreContext currentContext(Store store) {
        Transaction transaction = current(store);
        return transaction == null ? store : transaction;
    }
}
