package org.storedb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.TransactionClosedException;
import org.storedb.error.TransactionTimedOutException;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.TreeView;

/** A transaction of a local store. */
final class LocalTransaction extends Session implements Transaction {

    /** Bounds the memory of a transaction that reads very many records; later uses are reported at once. */
    private static final int USES_MAX = 10_000;

    private final TransactionOptions options;
    private final ActiveTransaction transaction;
    private final long beganNanos;
    private final List<LocalSavepoint> savepoints = new ArrayList<>();
    private final Set<Use> uses = new HashSet<>();
    private boolean active = true;
    private boolean running;

    LocalTransaction(Engine engine, TransactionOptions options) {
        super(engine);
        this.options = options;
        boolean validatesReads = options.isolation() == Isolation.SERIALIZABLE && !options.readOnly();
        this.transaction = new ActiveTransaction(
                engine().state(), validatesReads, engine().options().transactionBytesMax());
        this.beganNanos = engine().environment().nanoTicker().getAsLong();
        engine().counters().begun.increment();
    }

    /** Runs work whose caller commits it. */
    <R extends @Nullable Object> R run(Function<? super Transaction, ? extends R> work) {
        running = true;
        try {
            return work.apply(this);
        } finally {
            running = false;
        }
    }

    @Override
    public void commit() {
        if (running) {
            throw new IllegalStateException("The work of inTransaction is committed when it has returned; leave out the"
                    + " commit, or begin the transaction with begin()");
        }
        try {
            requireUsable();
        } catch (TransactionTimedOutException e) {
            rollback();
            throw e;
        }
        active = false;
        try {
            commitWrites();
        } finally {
            tellUses();
        }
    }

    private void commitWrites() {
        if (!transaction.hasWrites()) {
            engine().counters().committed.increment();
            return;
        }
        CommitOutcome outcome = engine().commit(transaction.toRequest(engine().isDurable(options.durability())));
        if (outcome instanceof CommitOutcome.Conflict conflict) {
            throw engine().conflict(conflict);
        }
    }

    @Override
    public void rollback() {
        if (active) {
            active = false;
            engine().counters().rolledBack.increment();
            tellUses();
        }
    }

    @Override
    public Savepoint savepoint() {
        requireUsable();
        LocalSavepoint savepoint = new LocalSavepoint(transaction.mark());
        savepoints.add(savepoint);
        return savepoint;
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        requireActive();
        int position = positionOf(savepoint);
        transaction.rollbackTo(savepoints.get(position).mark);
        savepoints.subList(position + 1, savepoints.size()).clear();
    }

    @Override
    public void release(Savepoint savepoint) {
        requireActive();
        int position = positionOf(savepoint);
        savepoints.subList(position, savepoints.size()).clear();
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public TransactionOptions options() {
        return options;
    }

    @Override
    public void close() {
        rollback();
    }

    @Override
    TreeView view() {
        requireUsable();
        return transaction;
    }

    /**
     * Also creates the entry, unless this transaction is read-only: to be serializable, it has to detect what others
     * write to a collection that it found empty.
     */
    @Override
    @Nullable
    CatalogEntry findEntry(TreeView view, Kind kind, String name) {
        return options.readOnly()
                ? findExisting(kind, name)
                : engine().catalog().findOrCreate(transaction.base(), kind, name);
    }

    @Override
    @Nullable
    CatalogEntry findExisting(Kind kind, String name) {
        return engine().catalog().find(transaction.base(), kind, name);
    }

    /** Reported at the end: renewing a record changes it, and the transaction would conflict with its own use. */
    @Override
    void used(int treeId, byte[] key, RecordExpiry expiry) {
        if (options.readOnly() || uses.size() >= USES_MAX) {
            super.used(treeId, key, expiry);
        } else if (expiry.isSliding()) {
            uses.add(new Use(treeId, new ByteKey(key.clone()), expiry));
        }
    }

    private void tellUses() {
        uses.forEach(use -> engine().used(use.treeId, use.key.bytes(), use.expiry));
    }

    @Override
    void requireWritable() {
        super.requireWritable();
        if (options.readOnly()) {
            throw new ReadOnlyException("The transaction is read-only; begin one that is not");
        }
    }

    @Override
    <R extends @Nullable Object> R write(Function<ActiveTransaction, R> work) {
        requireWritable();
        return runOrUndo(work, transaction.markWithoutTrees());
    }

    @Override
    <R extends @Nullable Object> R writeAll(Function<ActiveTransaction, R> work) {
        requireWritable();
        return runOrUndo(work, transaction.mark());
    }

    private <R extends @Nullable Object> R runOrUndo(
            Function<ActiveTransaction, R> work, ActiveTransaction.Mark before) {
        try {
            return work.apply(transaction);
        } catch (Throwable e) { // Codecs and validators in Kotlin can throw checked exceptions.
            transaction.rollbackTo(before);
            throw e;
        }
    }

    @Override
    void requireUsable() {
        requireActive();
        Duration timeout = options.timeout();
        long nanos = engine().environment().nanoTicker().getAsLong() - beganNanos;
        if (timeout != null && nanos > TimeUnit.NANOSECONDS.convert(timeout)) {
            throw new TransactionTimedOutException("The transaction may take at most " + timeout.toMillis()
                    + " ms, but took " + Duration.ofNanos(nanos).toMillis() + " ms; nothing was written");
        }
    }

    private void requireActive() {
        engine().requireOpen();
        if (!active) {
            throw new TransactionClosedException(
                    "The transaction has already been committed or rolled back; begin another one");
        }
    }

    private int positionOf(Savepoint savepoint) {
        int position = savepoints.indexOf(savepoint);
        if (position < 0) {
            throw new IllegalArgumentException(
                    "The savepoint belongs to another transaction, or was ended by a rollback or release");
        }
        return position;
    }

    /** A read of a record that expires later if it is used. */
    private record Use(int treeId, ByteKey key, RecordExpiry expiry) {}

    private static final class LocalSavepoint implements Savepoint {

        private final ActiveTransaction.Mark mark;

        LocalSavepoint(ActiveTransaction.Mark mark) {
            this.mark = mark;
        }
    }
}
