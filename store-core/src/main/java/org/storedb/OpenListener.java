package org.storedb;

/** Is told how far the opening of a store is. */
@FunctionalInterface
public interface OpenListener {

    /**
     * Called by the opening thread, a few times a second at most. What it throws ends the opening, with nothing lost.
     */
    void progressed(OpenProgress progress);
}
