package org.storedb.internal.transaction;

/** What the {@link ScanCache} keeps for a leaf. Immutable; safe for use by many threads. */
sealed interface KeptRecords permits LeafValues, IndexedRecords {

    /** Returns about how many bytes of memory this takes up. */
    int memoryBytes();
}
