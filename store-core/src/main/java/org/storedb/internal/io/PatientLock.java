package org.storedb.internal.io;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting for a lock, but not for ever. */
public final class PatientLock {

    private PatientLock() {}

    /**
     * Takes the lock within a time; an interrupt does not shorten that, and is not lost.
     *
     * @return whether it was taken
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
