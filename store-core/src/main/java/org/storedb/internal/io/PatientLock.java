package org.storedb.internal.io;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting for a lock with a time limit. */
public final class PatientLock {

    private PatientLock() {}

    /**
     * Acquires the lock within a time limit; an interrupt neither shortens it nor is lost.
     *
     * @return whether it was acquired
     */
    public static boolean lock(ReentrantLock lock, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
