package org.storedb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.storedb.error.StoreLockedException;

/** Failure analyzer that explains that the store's directory is in use. */
class StoreLockedFailureAnalyzer extends AbstractFailureAnalyzer<StoreLockedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreLockedException cause) {
        Long pid = cause.ownerPid();
        String wait = " To wait for it at the start, as in a rolling restart, set '%s'."
                .formatted(AdditionalStoreException.property(rootFailure, "open-timeout"));
        String owner;
        String stop;
        if (pid == null) {
            owner = "another process, perhaps in another container";
            stop = "Stop the process that uses it";
        } else if (pid == ProcessHandle.current().pid()) {
            owner = "this process (%d), which already has it open".formatted(pid);
            stop = "Close the store that is open, or define only one for this directory";
            wait = "";
        } else {
            owner = "the process %d".formatted(pid);
            stop = "Stop the process %d".formatted(pid);
        }
        return new FailureAnalysis(
                "The store in '%s' is used by %s. A store can be written by one process at a time."
                        .formatted(cause.directory(), owner),
                "%s, or set the property '%s' to another directory. To read the store while it is in use, set '%s' to 'follow'."
                                .formatted(
                                        stop,
                                        AdditionalStoreException.property(rootFailure, "path"),
                                        AdditionalStoreException.property(rootFailure, "access"))
                        + wait,
                cause);
    }
}
