package org.storedb.internal.index;

/** What a reader has attached to a leaf, see {@link LeafEntries#attach}. */
public interface LeafAttachment {

    /**
     * The leaf was copied for a change: probably nobody will read it any more. Called by any thread, perhaps several
     * times.
     */
    void superseded();
}
