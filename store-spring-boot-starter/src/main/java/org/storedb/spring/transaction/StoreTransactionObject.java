package org.storedb.spring.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionUsageException;
import org.springframework.transaction.support.SmartTransactionObject;
import org.storedb.Savepoint;
import org.storedb.error.StoreException;

/** State of one Spring transaction, outermost or participating, with the thread's transaction. */
final class StoreTransactionObject implements SmartTransactionObject, SavepointManager {

    private @Nullable StoreTransactionHolder holder;

    StoreTransactionObject(@Nullable StoreTransactionHolder holder) {
        this.holder = holder;
    }

    boolean hasHolder() {
        return holder != null;
    }

    StoreTransactionHolder requiredHolder() {
        if (holder == null) {
            throw new IllegalStateException("No store transaction is bound to this thread");
        }
        return holder;
    }

    void setHolder(@Nullable StoreTransactionHolder newHolder) {
        this.holder = newHolder;
    }

    @Override
    public boolean isRollbackOnly() {
        return holder != null && holder.isRollbackOnly();
    }

    @Override
    public void flush() {
        // writes are buffered until the commit; there is nowhere to flush them to
    }

    @Override
    public Object createSavepoint() throws TransactionException {
        if (isRollbackOnly()) { // Rolling back to the savepoint would reset that.
            throw new CannotCreateTransactionException(
                    "Cannot set a savepoint: the transaction is marked as rollback-only");
        }
        try {
            return requiredHolder().transactionInTime().savepoint();
        } catch (StoreException e) {
            throw new TransactionUsageException("Could not set a savepoint", e);
        }
    }

    @Override
    public void rollbackToSavepoint(Object savepoint) throws TransactionException {
        try {
            requiredHolder().transaction().rollbackTo((Savepoint) savepoint);
            requiredHolder().resetRollbackOnly();
        } catch (StoreException | IllegalArgumentException e) {
            throw new TransactionUsageException("Could not roll back to the savepoint", e);
        }
    }

    @Override
    public void releaseSavepoint(Object savepoint) throws TransactionException {
        try {
            requiredHolder().transaction().release((Savepoint) savepoint);
        } catch (StoreException | IllegalArgumentException e) {
            throw new TransactionUsageException("Could not release the savepoint", e);
        }
    }
}
