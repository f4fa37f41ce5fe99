package org.storedb.testing;

import java.util.function.Predicate;

/** Interrupts the calling thread right before operations: neither the call nor the file may suffer. */
public final class IoInterrupts implements IoInterceptor {

    private final Predicate<IoOperation> which;
    private long count;

    public IoInterrupts(Predicate<IoOperation> which) {
        this.which = which;
    }

    @Override
    public void before(IoOperation operation) {
        if (which.test(operation)) {
            count++;
            Thread.currentThread().interrupt();
        }
    }

    /** How often it did. */
    public long count() {
        return count;
    }
}
