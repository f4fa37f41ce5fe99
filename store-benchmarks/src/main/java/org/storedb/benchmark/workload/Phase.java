package org.storedb.benchmark.workload;

/** Rows that are measured one after the other in one process; each phase is a fresh one. */
public enum Phase {

    /** Puts all entries into an empty directory, then ends without closing the engine, as if it were killed. */
    FILL(true),

    /** Opens what was left behind and closes it in order. */
    REOPEN(true),

    /** Opens what was closed in order, and reads. */
    READ(false),

    /** Opens it again, and overwrites. */
    WRITE(false),

    /** Batches into an empty directory. */
    BATCH(true),

    /** Commits that wait for the medium, in an empty directory. */
    DURABLE(true);

    private final boolean filesNeeded;

    Phase(boolean filesNeeded) {
        this.filesNeeded = filesNeeded;
    }

    /** Whether it means nothing to an engine without files. */
    public boolean filesNeeded() {
        return filesNeeded;
    }
}
