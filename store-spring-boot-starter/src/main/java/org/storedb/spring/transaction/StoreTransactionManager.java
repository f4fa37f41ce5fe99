package org.storedb.spring.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.storedb.Isolation;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.error.StoreException;

/**
 * Transaction manager for the transactions of one {@link Store}: binds a {@link Transaction} to the thread for
 * everything that looks it up with {@link StoreTransactions}.
 *
 * <p>Isolation: the default and {@code SERIALIZABLE} are serializable; {@code REPEATABLE_READ}, {@code READ_COMMITTED}
 * and {@code READ_UNCOMMITTED} all get a snapshot, which is stronger than what they require. Nothing ever waits for a
 * lock; a conflict is an {@link org.springframework.dao.OptimisticLockingFailureException} on commit, after which the
 * whole transaction can be retried.
 */
public class StoreTransactionManager extends AbstractPlatformTransactionManager implements ResourceTransactionManager {

    /** Name of the bean that repositories use unless configured otherwise. */
    public static final String BEAN_NAME = "storeTransactionManager";

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // serializable only because its base class is
    private final Store store;

    public StoreTransactionManager(Store store) {
        this.store = store;
        setNestedTransactionAllowed(true);
    }

    @Override
    public Object getResourceFactory() {
        return store;
    }

    @Override
    protected Object doGetTransaction() {
        return new StoreTransactionObject(
                (StoreTransactionHolder) TransactionSynchronizationManager.getResource(store));
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        StoreTransactionObject object = (StoreTransactionObject) transaction;
        return object.hasHolder() && object.requiredHolder().isSynchronizedWithTransaction();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        int timeoutSeconds = determineTimeout(definition);
        StoreTransactionHolder holder = new StoreTransactionHolder(begin(definition, timeoutSeconds));
        holder.setSynchronizedWithTransaction(true);
        if (timeoutSeconds != TransactionDefinition.TIMEOUT_DEFAULT) {
            holder.setTimeoutInSeconds(timeoutSeconds);
        }
        try {
            TransactionSynchronizationManager.bindResource(store, holder);
        } catch (RuntimeException e) {
            holder.transaction().close();
            throw e;
        }
        ((StoreTransactionObject) transaction).setHolder(holder);
    }

    private Transaction begin(TransactionDefinition definition, int timeoutSeconds) {
        TransactionOptions options = TransactionOptions.defaults()
                .withIsolation(isolation(definition.getIsolationLevel()))
                .withReadOnly(definition.isReadOnly())
                .withTimeout(timeout(timeoutSeconds));
        try {
            return store.begin(options);
        } catch (StoreException e) {
            throw new CannotCreateTransactionException("Could not begin a store transaction: " + e.getMessage(), e);
        }
    }

    /** Returns the timeout; one of 0 is left to the holder, which then rejects the first operation. */
    private static @Nullable Duration timeout(int seconds) {
        return seconds > 0 ? Duration.ofSeconds(seconds) : null;
    }

    private static Isolation isolation(int level) {
        return switch (level) {
            case TransactionDefinition.ISOLATION_DEFAULT, TransactionDefinition.ISOLATION_SERIALIZABLE ->
                Isolation.SERIALIZABLE;
            case TransactionDefinition.ISOLATION_REPEATABLE_READ,
                    TransactionDefinition.ISOLATION_READ_COMMITTED,
                    TransactionDefinition.ISOLATION_READ_UNCOMMITTED -> Isolation.SNAPSHOT;
            default -> throw new InvalidIsolationLevelException("Isolation level " + level + " is not known");
        };
    }

    @Override
    protected Object doSuspend(Object transaction) {
        StoreTransactionObject object = (StoreTransactionObject) transaction;
        object.requiredHolder().noteSuspension();
        object.setHolder(null);
        return TransactionSynchronizationManager.unbindResource(store);
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspendedResources) {
        TransactionSynchronizationManager.bindResource(store, suspendedResources);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (status.isRollbackOnly()) {
            doRollback(status);
            throw new UnexpectedRollbackException(
                    "The transaction was rolled back: a callback before the commit marked it as rollback-only");
        }
        StoreTransactionHolder holder = holderOf(status);
        try {
            holder.transaction().commit();
        } catch (StoreException e) {
            throw CommitFailures.translate(e, holder.wasSuspended());
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            holderOf(status).transaction().rollback();
        } catch (StoreException e) {
            throw new TransactionSystemException("Could not roll back: " + e.getMessage(), e);
        }
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        holderOf(status).setRollbackOnly();
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        StoreTransactionHolder holder = ((StoreTransactionObject) transaction).requiredHolder();
        TransactionSynchronizationManager.unbindResource(store);
        holder.transaction().close();
        holder.clear();
    }

    private static StoreTransactionHolder holderOf(DefaultTransactionStatus status) {
        return ((StoreTransactionObject) status.getTransaction()).requiredHolder();
    }
}
