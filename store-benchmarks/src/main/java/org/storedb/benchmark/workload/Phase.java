package org.storedb.benchmark.workload;

/** Rows that are measured one after the other in one process; each phase has a new one. */
public enum Phase {

    /** Puts all entries into an empty directory, then ends without closing the engine, as if it were killed. */
    FILL,

    /** Opens what FILL left behind, and closes it properly. */
    REOPEN,

    /** Opens what was closed properly, and reads. */
    READ,

    /** Opens it again, and overwrites. */
    WRITE,

    /** Batches into an empty directory. */
    BATCH,

    /** Commits that wait for the medium, in an empty directory. */
    DURABLE,

    /** Typed documents, in an empty directory. */
    DOCUMENTS
}
