package org.storedb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs. Immutable.
 *
 * @param isolation what concurrent transactions may see of each other
 * @param readOnly whether writes are refused; a read-only transaction costs nothing and never conflicts
 * @param timeout how long after its begin an operation or the commit is still accepted; {@code null} means for ever
 * @param durability when its commit counts as done; {@code null} means as the store says
 * @param maxAttempts how often {@link Store#inTransaction} runs the work at the most, at least 1
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

    /** Serializable, read-write, without a timeout, durable as the store says, at most 50 attempts. */
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
