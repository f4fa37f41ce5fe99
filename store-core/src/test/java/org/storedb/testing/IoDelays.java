package org.storedb.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Makes operations take longer, as a slow or busy disk would. An interrupt does not make them faster. */
public final class IoDelays implements IoInterceptor {

    private final Predicate<IoOperation> which;
    private final Duration delay;

    public IoDelays(Predicate<IoOperation> which, Duration delay) {
        this.which = which;
        this.delay = delay;
    }

    @Override
    public void before(IoOperation operation) {
        if (!which.test(operation)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
