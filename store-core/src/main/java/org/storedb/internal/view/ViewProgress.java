package org.storedb.internal.view;

/** Is told how far a view is brought up to date; what it throws ends that. */
@FunctionalInterface
public interface ViewProgress {

    /** So many of the documents that have changed are done. */
    void report(long documentsDone);
}
