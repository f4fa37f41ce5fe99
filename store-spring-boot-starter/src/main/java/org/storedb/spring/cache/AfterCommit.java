package org.storedb.spring.cache;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Work deferred until the running transaction, of any transaction manager, is committed: before listeners to the commit
 * are called. It is dropped if it is rolled back with the transaction or to a savepoint.
 */
final class AfterCommit implements TransactionSynchronization {

    private static final Log LOGGER = LogFactory.getLog(AfterCommit.class);

    private final boolean evenIfUnknown;
    private final List<Object> laterSavepoints = new ArrayList<>();
    private @Nullable Runnable work;

    private AfterCommit(boolean evenIfUnknown, Runnable work) {
        this.evenIfUnknown = evenIfUnknown;
        this.work = work;
    }

    /** Runs {@code work} after the commit, or immediately if no transaction is running. */
    static void run(Runnable work) {
        run(false, work);
    }

    /** Runs {@code work} like {@link #run}, but also if it is unknown whether the transaction was committed. */
    static void runEvenIfUnknown(Runnable work) {
        run(true, work);
    }

    private static void run(boolean evenIfUnknown, Runnable work) {
        if (isInTransaction()) {
            TransactionSynchronizationManager.registerSynchronization(new AfterCommit(evenIfUnknown, work));
        } else {
            work.run();
        }
    }

    /** Runs {@code work} when the transaction has ended, however it did, or immediately if no transaction is running. */
    static void runAtEnd(Runnable work) {
        if (!isInTransaction()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                work.run();
            }
        });
    }

    /** Returns whether what this thread reads may include changes that are not committed. */
    static boolean isInWritingTransaction() {
        return isInTransaction() && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }

    private static boolean isInTransaction() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
        laterSavepoints.add(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
        if (!laterSavepoints.contains(savepoint)) {
            work = null;
        }
    }

    @Override
    public void afterCommit() {
        runOnce();
    }

    /** Also runs what was registered after the commit, as by a listener to it: {@link #afterCommit} is not called. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED || (status == STATUS_UNKNOWN && evenIfUnknown)) {
            runOnce();
        }
    }

    /** An exception would look to the caller like a failure of the transaction, which is committed. */
    private void runOnce() {
        Runnable once = work;
        work = null;
        if (once == null) {
            return;
        }
        try {
            once.run();
        } catch (RuntimeException e) {
            LOGGER.error("A cache could not be changed after the commit of a transaction", e);
        }
    }
}
