package org.storedb.internal.recovery;

/** Receives the progress of a recovery. */
@FunctionalInterface
public interface RecoveryProgress {

    /** Called now and then, and at the beginning of each phase; {@code bytesTotal} is an estimate. */
    void report(Phase phase, long bytesDone, long bytesTotal);

    /** The current work. */
    enum Phase {
        LOADING_CHECKPOINT,
        REPLAYING_LOG
    }
}
