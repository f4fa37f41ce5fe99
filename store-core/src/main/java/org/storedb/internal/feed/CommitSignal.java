package org.storedb.internal.feed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes those who wait for commits. Costs a commit next to nothing when nobody waits. No wake-up is lost: who waits says so
 * before looking, who signals has changed before asking whether somebody waits. Safe for use by many threads.
 */
final class CommitSignal {

    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something may have changed. */
    void signal() {
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
     * Waits for a signal, unless there is no need to.
     *
     * @param needless asked again before sleeping
     * @return about how much of the time is left
     */
    @SuppressWarnings("WaitNotInLoop") // Whoever calls looks again.
    long await(BooleanSupplier needless, long nanos) throws InterruptedException {
        waiting.incrementAndGet();
        lock.lock();
        try {
            return needless.getAsBoolean() ? nanos : changed.awaitNanos(nanos);
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
