package org.storedb;

/** Receives the progress of opening a store. */
@FunctionalInterface
public interface OpenListener {

    /** Called on the opening thread, at most a few times a second. An exception aborts the open; nothing is lost. */
    void progressed(OpenProgress progress);
}
