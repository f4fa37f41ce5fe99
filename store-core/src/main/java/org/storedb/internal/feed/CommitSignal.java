package org.storedb.internal.feed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for commits. Costs a commit next to nothing when nobody waits. No wake-up is lost: who waits says so
 * before looking, who signals has changed before asking whether somebody waits. Safe for use by many threads.
 */
final class CommitSignal {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong signals = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Something may have changed. */
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

    /** Counts signals. Whoever asks before looking for something hears of what comes after it by {@link #await}. */
    long count() {
        return signals.get();
    }

    /**
     * Waits for a signal.
     *
     * @param seen the count before the caller looked; if there is another one already, it returns at once
     * @return about how much of the time is left
     */
    @SuppressWarnings("WaitNotInLoop") // Whoever calls looks again.
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
