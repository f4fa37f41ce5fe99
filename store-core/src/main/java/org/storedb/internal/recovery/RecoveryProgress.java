package org.storedb.internal.recovery;

/** Is told how far a recovery is. */
@FunctionalInterface
public interface RecoveryProgress {

    /** Called now and then, and at the begin of each phase; {@code bytesTotal} is an estimate. */
    void report(Phase phase, long bytesDone, long bytesTotal);

    /** What is being done. */
    enum Phase {
        LOADING_CHECKPOINT,
        REPLAYING_LOG
    }
}
