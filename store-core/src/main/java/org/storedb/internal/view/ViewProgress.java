package org.storedb.internal.view;

/** Receives the progress of updating a view; an exception that it throws ends the update. */
@FunctionalInterface
public interface ViewProgress {

    /** Reports how many of the changed documents are done. */
    void report(long documentsDone);
}
