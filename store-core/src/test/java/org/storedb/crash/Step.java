package org.storedb.crash;

/** One thing that a workload does. */
enum Step {
    PUT,
    DELETE,
    BATCH,
    TRANSACTION,
    INSERT,
    UPDATE,
    REMOVE,
    CREATE_INDEX,
    SYNC,
    COMPACT,
    REOPEN
}
