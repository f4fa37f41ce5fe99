package org.storedb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs. Immutable.
 *
 * @param isolation what concurrent transactions may see of each other
 * @param readOnly whether writes are refused; a read-only transaction costs nothing and never conflicts
 * @param timeout how long after its begin operations and the commit are accepted; {@code null} means forever
 * @param durability when its commit is acknowledged; {@code null} for the store's default
 * @param maxAttempts maximum number of times that {@link Store#inTransaction} runs the work, at least 1
 */
public record TransactionOptions(
        Isolation isolation,
        boolean readOnly,
        @Nullable Duration timeout,
        @Nullable Durability durability,
        int maxAttempts) {

    private static final TransactionOptions DEFAULTS =
            new TransactionOptions(Isolation.SERIALIZABLE, false, null, null, 50);

    public TransactionOptions {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    /** Returns the defaults: serializable, read-write, no timeout, the store's durability, at most 50 attempts. */
    public static TransactionOptions defaults() {
        return DEFAULTS;
    }

    public TransactionOptions withIsolation(Isolation newIsolation) {
        return new TransactionOptions(newIsolation, readOnly, timeout, durability, maxAttempts);
    }

    public TransactionOptions withReadOnly(boolean newReadOnly) {
        return new TransactionOptions(isolation, newReadOnly, timeout, durability, maxAttempts);
    }

    public TransactionOptions withTimeout(@Nullable Duration newTimeout) {
        return new TransactionOptions(isolation, readOnly, newTimeout, durability, maxAttempts);
    }

    public TransactionOptions withDurability(@Nullable Durability newDurability) {
        return new TransactionOptions(isolation, readOnly, timeout, newDurability, maxAttempts);
    }

    public TransactionOptions withMaxAttempts(int newMaxAttempts) {
        return new TransactionOptions(isolation, readOnly, timeout, durability, newMaxAttempts);
    }
}
