package org.storedb;

import java.util.concurrent.atomic.LongAdder;

/** Counts how transactions end. Safe for use by many threads. */
final class TransactionCounters {

    final LongAdder begun = new LongAdder();
    final LongAdder committed = new LongAdder();
    final LongAdder rolledBack = new LongAdder();
    final LongAdder conflicted = new LongAdder();

    StoreStats.TransactionStats stats() {
        return new StoreStats.TransactionStats(begun.sum(), committed.sum(), rolledBack.sum(), conflicted.sum());
    }
}
