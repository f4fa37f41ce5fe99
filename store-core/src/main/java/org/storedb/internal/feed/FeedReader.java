package org.storedb.internal.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeTransaction;

/** Hands out changes on request. {@code lock} excludes background work during a read. */
final class FeedReader implements ChangeReader, FeedConsumer {

    private final FeedSource source;
    private final CommitSignal signal;
    private final FeedCursor cursor;
    private final ConfirmedPosition position;
    private final Consumer<FeedConsumer> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;
    private boolean unconfirmed;
    private boolean unrecordable;

    FeedReader(
            FeedSource source,
            CommitSignal signal,
            FeedCursor cursor,
            ConfirmedPosition position,
            Consumer<FeedConsumer> whenClosed) {
        this.source = source;
        this.signal = signal;
        this.cursor = cursor;
        this.position = position;
        this.whenClosed = whenClosed;
    }

    @Override
    public @Nullable ChangeTransaction poll() {
        lock.lock();
        try {
            confirmRead();
            return read();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable ChangeTransaction next(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            confirmRead();
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            long unsyncedNanos = 0;
            long seen = signal.count();
            ChangeTransaction next = read();
            while (next == null && left > 0) {
                boolean unsynced = cursor.isBehind(); // There is something, but it is not durable.
                long nanos = unsynced ? Math.min(left, Math.max(1, source.syncNanos() - unsyncedNanos)) : left;
                nanos = Math.min(nanos, position.nanosUntilDue());
                long waited = nanos - Math.max(0, signal.await(seen, nanos));
                left -= waited;
                unsyncedNanos = unsynced ? unsyncedNanos + waited : 0;
                if (unsyncedNanos >= source.syncNanos()) {
                    source.makeDurable();
                    unsyncedNanos = 0;
                }
                position.recordIfDue();
                seen = signal.count();
                next = read();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long confirm() {
        lock.lock();
        try {
            confirmRead();
            position.record();
            return position.confirmed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long position() {
        return position.confirmed();
    }

    @Override
    public void news() {
        // Waiting readers are woken by the signal.
    }

    @Override
    public void tick() {
        if (lock.tryLock()) {
            try {
                if (!closed) {
                    recordIfDue();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Records the position if it is due. An obstacle, such as a failed log, is logged once; later reads and
     * confirmations report it, too.
     */
    private void recordIfDue() {
        try {
            position.recordIfDue();
            unrecordable = false;
        } catch (StoreException e) {
            if (!unrecordable) {
                unrecordable = true;
                System.getLogger(FeedReader.class.getName())
                        .log(System.Logger.Level.WARNING, "A position cannot be recorded; it will be retried", e);
            }
        }
    }

    @Override
    public void close() {
        end();
        position.release();
        whenClosed.accept(this);
    }

    @Override
    public void end() {
        closed = true;
        cursor.end();
        signal.signal();
        lock.lock();
        try {
            position.record();
        } catch (StoreException e) {
            System.getLogger(FeedReader.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A position was not recorded; some changes will be delivered again",
                            e);
        } finally {
            lock.unlock();
        }
    }

    private void confirmRead() {
        requireOpen();
        position.confirm(cursor.position(), unconfirmed ? 1 : 0);
        unconfirmed = false;
    }

    private @Nullable ChangeTransaction read() {
        requireOpen();
        ChangeTransaction next = cursor.next();
        unconfirmed = next != null;
        if (next == null) {
            requireOpen(); // Else it may have ended early.
            position.confirm(cursor.position(), 0);
        }
        return next;
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreClosedException("The reader of changes, or its store, is closed; open another one after"
                    + " position " + position.confirmed());
        }
    }
}
