package org.storedb.internal.feed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.storedb.error.StoreException;
import org.storedb.error.StoreIoException;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeSubscription;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.RetryPolicy;
import org.storedb.feed.SubscriptionStatus;
import org.storedb.feed.SubscriptionStatus.State;
import org.storedb.internal.io.PatientLock;

/**
 * Delivers changes to a listener. It has a thread only while there is something to deliver: news starts it, unless it
 * is running, in which case it checks again. {@code lock} is held while it runs, including the listener.
 */
final class FeedPump implements ChangeSubscription, FeedConsumer, Runnable {

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int RUNNING_LOOK_AGAIN = 2;

    /** How long closing waits for a listener. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FeedSource source;
    private final FeedCursor cursor;
    private final ConfirmedPosition position;
    private final RetryPolicy retries;
    private final ChangeListener listener;
    private final Consumer<FeedConsumer> whenClosed;
    private final AtomicInteger activity = new AtomicInteger(IDLE);
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private volatile @Nullable Throwable error;
    private volatile int failures;
    private volatile long delivered;
    private @Nullable ChangeTransaction rejected;
    private long retryAtNanos;
    private boolean unsynced;
    private long unsyncedSinceNanos;

    FeedPump(
            FeedSource source,
            FeedCursor cursor,
            ConfirmedPosition position,
            RetryPolicy retries,
            ChangeListener listener,
            Consumer<FeedConsumer> whenClosed) {
        this.source = source;
        this.cursor = cursor;
        this.position = position;
        this.retries = retries;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    @Override
    public void news() {
        if (state() == State.RUNNING) {
            start();
        }
    }

    private void start() {
        if (activity.getAndUpdate(now -> now == IDLE ? RUNNING : RUNNING_LOOK_AGAIN) != IDLE) {
            return;
        }
        try {
            source.environment().tasks().deliver(this);
        } catch (RuntimeException | Error e) {
            activity.set(IDLE); // Perhaps for lack of a thread; the next tick tries again.
        }
    }

    @Override
    public void tick() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            switch (state()) {
                case RETRYING -> {
                    if (source.nanos() - retryAtNanos >= 0) {
                        start();
                    }
                }
                case RUNNING -> {
                    if (!unsynced && cursor.isBehind()) {
                        start();
                    } else if (unsynced && source.nanos() - unsyncedSinceNanos >= source.syncNanos()) {
                        source.makeDurable(); // This causes news.
                    }
                    position.recordIfDue();
                }
                case FAILED, CLOSED -> {}
            }
        } catch (StoreException e) {
            if (isFailure(e)) {
                endElsewhere();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends after a failure, in a thread that closing the store does not wait for: the listener may close it. */
    private void endElsewhere() {
        try {
            source.environment().tasks().deliver(() -> {
                lock.lock();
                try {
                    endFailed();
                } finally {
                    lock.unlock();
                }
            });
        } catch (RuntimeException | Error e) { // Perhaps for lack of a thread.
            endFailed();
        }
    }

    @Override
    public void run() {
        do {
            activity.set(RUNNING);
            lock.lock();
            try {
                deliverAll();
                if (state() == State.CLOSED) { // By the listener itself, perhaps.
                    recordAtEnd();
                    release();
                }
            } finally {
                lock.unlock();
            }
        } while (!activity.compareAndSet(RUNNING, IDLE));
    }

    private void deliverAll() {
        try {
            while (!isEnded() && !isPausing()) {
                ChangeTransaction next = rejected == null ? cursor.next() : rejected;
                if (next == null) {
                    position.confirm(cursor.position(), 0);
                    noteSuccess();
                    noteUnsynced();
                    return;
                }
                if (!deliver(next)) {
                    return;
                }
            }
        } catch (StoreIoException e) {
            retryOrFail(e);
        } catch (RuntimeException | Error e) {
            fail(e); // Retrying is useless.
        }
    }

    private boolean deliver(ChangeTransaction transaction) {
        try {
            listener.changed(transaction);
        } catch (Throwable e) {
            rejected = transaction;
            retryOrFail(e);
            return false;
        }
        long count = delivered + 1;
        delivered = count;
        rejected = null;
        noteSuccess();
        position.confirm(transaction.sequence(), 1);
        return true;
    }

    private boolean isPausing() {
        return state() == State.RETRYING && source.nanos() - retryAtNanos < 0;
    }

    private void noteSuccess() {
        if (state.compareAndSet(State.RETRYING, State.RUNNING)) {
            failures = 0;
            error = null;
        }
    }

    private void retryOrFail(Throwable cause) {
        int now = failures + 1;
        failures = now;
        if (now > retries.retries()) {
            fail(cause);
        } else {
            error = cause;
            retryAtNanos = source.nanos() + TimeUnit.NANOSECONDS.convert(retries.pauseBefore(now));
            state.compareAndSet(State.RUNNING, State.RETRYING);
        }
    }

    private void fail(Throwable cause) {
        if (isFailure(cause)) {
            endFailed();
        }
    }

    /** Notes what ends the delivery; returns whether it was not closed before. */
    private boolean isFailure(Throwable cause) {
        error = cause;
        return state.getAndUpdate(now -> now == State.CLOSED ? now : State.FAILED) != State.CLOSED;
    }

    private void endFailed() {
        tellOfFailure();
        recordAtEnd();
        release();
    }

    private void tellOfFailure() {
        try {
            listener.failed(status());
        } catch (Throwable e) { // Also checked exceptions of listeners in Kotlin.
            System.getLogger(FeedPump.class.getName())
                    .log(System.Logger.Level.ERROR, consumer() + " cannot be notified of its failure", e);
        }
    }

    /** Returns the name of the listener for messages. */
    private String consumer() {
        String name = position.name();
        return name == null ? "A change listener without a name" : "The change listener '" + name + "'";
    }

    private void noteUnsynced() {
        boolean behind = cursor.isBehind();
        if (behind && !unsynced) {
            unsyncedSinceNanos = source.nanos();
        }
        unsynced = behind;
    }

    private void recordAtEnd() {
        try {
            position.record();
        } catch (StoreException e) {
            System.getLogger(FeedPump.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            consumer() + " will get some changes again: its position was not recorded",
                            e);
        }
    }

    private void release() {
        position.release();
        whenClosed.accept(this);
    }

    private State state() {
        return Objects.requireNonNull(state.get());
    }

    private boolean isEnded() {
        State now = state();
        return now == State.CLOSED || now == State.FAILED;
    }

    @Override
    public SubscriptionStatus status() {
        long confirmed = position.confirmed();
        return new SubscriptionStatus(
                position.name(),
                state(),
                confirmed,
                position.recorded(),
                Math.max(0, source.newest() - confirmed),
                delivered,
                failures,
                error);
    }

    @Override
    public void close() {
        end();
        if (!lock.isHeldByCurrentThread()) { // Else the listener closes it, and has yet to confirm what it was handed.
            release();
        }
    }

    @Override
    public void end() {
        state.updateAndGet(now -> now == State.FAILED ? now : State.CLOSED);
        cursor.end();
        if (!PatientLock.lock(lock, PATIENCE)) {
            System.getLogger(FeedPump.class.getName())
                    .log(System.Logger.Level.WARNING, consumer() + " does not return; it is no longer waited for");
            return;
        }
        try {
            recordAtEnd();
        } finally {
            lock.unlock();
        }
    }
}
