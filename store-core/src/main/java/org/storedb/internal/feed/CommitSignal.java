package org.storedb.internal.feed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes threads that wait for commits. Costs a commit next to nothing when no thread waits. No wake-up is lost: a
 * waiting thread announces itself before checking, and a signalling thread makes its change before looking for waiting
 * ones. Safe for use by many threads.
 */
final class CommitSignal {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong signals = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Signals that something may have changed. */
    void signal() {
        signals.incrementAndGet();
        if (waiting.get() > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Returns the number of signals. A caller that reads it before checking for something learns through {@link #await}
     * of whatever comes later.
     */
    long count() {
        return signals.get();
    }

    /**
     * Waits for a signal.
     *
     * @param seen the count before the caller checked; returns at once if it has changed already
     * @return approximately how much of the time is left
     */
    @SuppressWarnings("WaitNotInLoop") // Callers check again.
    long await(long seen, long nanos) throws InterruptedException {
        waiting.incrementAndGet();
        lock.lock();
        try {
            return signals.get() != seen ? nanos : changed.awaitNanos(nanos);
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
