package org.storedb.benchmark.repository;

/** Rows that are measured one after the other in one process. All phases use the same files. */
public enum RepositoryPhase {

    /** Fills the application, and reads. */
    READ(1_000_000_000),

    /** Restarts the application, and writes; a commit is done when the operating system has it. */
    WRITE(2_000_000_000),

    /** Restarts the application, and writes; a commit is done when it is on the medium. */
    SYNC(3_000_000_000L);

    private final long firstNew;

    RepositoryPhase(long firstNew) {
        this.firstNew = firstNew;
    }

    /** Returns the number of the first customer inserted in this phase, far from those of other phases. */
    long firstNew() {
        return firstNew;
    }
}
